"""Messages: written, shown, looked at page by page, sent twice, taken back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.people import ABSENT, Json, Person, new_key, numbers, texts
from tests.conformance.pictures import photo
from tests.conformance.shapes import MESSAGE, fits
from tests.conformance.verdicts import done, nothing_here, problem


def test_a_message_is_posted_and_found_again(ada: Person, bo: Person, tea: str) -> None:
    key = new_key()
    said = ada.says("**bold** words", to=tea, client_id=key, sender_id=ada.id)
    fits(said, MESSAGE)
    assert (said["conversation_id"], said["sender_id"], said["client_id"]) == (tea, ada.id, key)
    assert said["content"] == "**bold** words"
    assert "<strong>bold</strong>" in said["html"]
    assert (said["attachments"], said["reactions"], said["reply_to"]) == ([], [], None)
    assert (said["edited_at"], said["deleted_at"]) == (None, None)
    assert bo.message(tea, said["id"]) == said
    assert bo.sees(tea)[-1] == said


def test_the_id_is_the_number_of_the_event_that_posted_it(ada: Person, tea: str) -> None:
    said = [ada.says(f"{number}", to=tea)["id"] for number in range(3)]
    assert said == sorted(set(said))
    posted = [one["seq"] for one in ada.log(tea) if one["kind"] == "message.posted"]
    assert posted == said


@pytest.mark.parametrize("text", ["x", "x" * 8000, "🌍" * 8000, "  indented", "a\nb\n\nc", "<b>&amp;</b>"])
def test_content_is_kept_as_it_is_written(ada: Person, tea: str, text: str) -> None:
    assert ada.says(text, to=tea)["content"] == text
    assert texts(ada.sees(tea)) == [text]


@pytest.mark.parametrize("bad", ["", " ", "\n\t \u2003\u00a0", "x" * 8001, None, 5, ["hi"], {"text": "hi"}])
def test_content_has_1_to_8000_characters_and_more_than_white_space(ada: Person, tea: str, bad: Any) -> None:
    problem(ada.post(f"/conversations/{tea}/messages", {"content": bad}), 422, "content")
    assert ada.sees(tea) == []


@pytest.mark.parametrize(
    ("source", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[click](javascript:alert(1))", 'href="javascript'),
        ("![picture](https://example.org/x.png)", "<img"),
        ("<a href='https://example.org' onclick='x()'>x</a>", "onclick='x()'>x</a>"),
        ("[x](data:text/html,hi)", 'href="data:'),
    ],
)
def test_html_is_harmless(ada: Person, tea: str, source: str, never: str) -> None:
    assert never not in ada.says(source, to=tea)["html"]


def test_links_in_html_vouch_for_nothing(ada: Person, tea: str) -> None:
    html = ada.says("see https://example.org/page", to=tea)["html"]
    assert 'href="https://example.org/page"' in html
    assert all(word in html for word in ("noopener", "nofollow", "ugc"))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "content"),
        *(({"content": "hi", "client_id": bad}, "client_id") for bad in ("", "x" * 65, "a b", "ä", "a/b", 5)),
        *(({"content": "hi", "reply_to": bad}, "reply_to") for bad in (1, 99, 0, -1, "2", 1.5, True)),
        *(({"content": "hi", name: 1}, name) for name in ("id", "html", "created_at", "attachments", "nope")),
    ],
)
def test_what_is_wrong_with_a_message_is_named(ada: Person, tea: str, body: Json, field: str) -> None:
    problem(ada.post(f"/conversations/{tea}/messages", body), 422, field)


def test_all_that_is_wrong_is_named_at_once(ada: Person, tea: str) -> None:
    bad = {"content": 5, "client_id": "a b", "nope": 1}
    problem(ada.post(f"/conversations/{tea}/messages", bad), 422, "content", "client_id", "nope")


def test_the_sender_is_the_caller(ada: Person, bo: Person, tea: str) -> None:
    path = f"/conversations/{tea}/messages"
    problem(ada.post(path, {"content": "hi", "sender_id": bo.id}), 403)
    problem(ada.post(path, {"content": "hi", "sender_id": ABSENT}), 403)
    problem(ada.post(path, {"content": "", "sender_id": bo.id}), 403)
    done(ada.post(path, {"content": "hi", "sender_id": ada.id}), 201)


def test_a_reply_names_a_message_of_its_conversation(ada: Person, bo: Person, tea: str) -> None:
    asked = ada.says("tea?", to=tea)
    assert bo.says("yes", to=tea, reply_to=asked["id"])["reply_to"] == asked["id"]
    other = ada.gathers(bo, title="Other")
    problem(ada.post(f"/conversations/{other}/messages", {"content": "yes", "reply_to": asked["id"]}), 422, "reply_to")


@pytest.mark.parametrize("key", ["x", "x" * 64, "7c9e6679-7425-40de-944b-e07fc1f90ae7", "a-b_c.d~e"])
def test_the_same_key_again_is_the_same_message(ada: Person, bo: Person, tea: str, key: str) -> None:
    said = ada.says("once", to=tea, client_id=key)
    for _ in range(2):
        again = done(ada.post(f"/conversations/{tea}/messages", {"content": "once", "client_id": key}), 200)
        assert again == said
    assert texts(bo.sees(tea)) == ["once"]


def test_the_same_key_with_something_else_is_a_conflict(ada: Person, tea: str) -> None:
    asked, key = ada.says("tea?", to=tea), new_key()
    path = f"/conversations/{tea}/messages"
    ada.says("once", to=tea, client_id=key)
    problem(ada.post(path, {"content": "twice", "client_id": key}), 409)
    problem(ada.post(path, {"content": "once", "client_id": key, "reply_to": asked["id"]}), 409)
    problem(ada.sends(photo(), to=tea, content="once", client_id=key), 409)
    assert texts(ada.sees(tea)) == ["tea?", "once"]


def test_a_key_is_its_senders_and_its_conversations_own(ada: Person, bo: Person, tea: str) -> None:
    key, other = new_key(), ada.gathers(bo, title="Other")
    ids = {ada.says("a", to=tea, client_id=key)["id"], bo.says("b", to=tea, client_id=key)["id"]}
    assert len(ids) == 2
    assert ada.says("c", to=other, client_id=key)["content"] == "c"


def test_a_retry_after_the_message_was_taken_back_gives_the_tombstone(ada: Person, tea: str) -> None:
    key = new_key()
    said = ada.says("once", to=tea, client_id=key)
    ada.takes_back(said)
    again = done(ada.post(f"/conversations/{tea}/messages", {"content": "once", "client_id": key}), 200)
    assert again == ada.message(tea, said["id"])
    assert again["deleted_at"]


def test_messages_without_a_key_are_never_the_same(ada: Person, tea: str) -> None:
    first, second = ada.says("hi", to=tea), ada.says("hi", to=tea)
    assert first["id"] != second["id"]
    assert first["client_id"] is None


def test_history_goes_page_by_page_to_older_ones(ada: Person, tea: str) -> None:
    said = [ada.says(f"{number}", to=tea)["id"] for number in range(7)]
    pages, path = [], f"/conversations/{tea}/messages?limit=3"
    while path:
        answer = ada.get(path)
        pages.append(numbers(done(answer)))
        path = answer.links.get("next", {}).get("url", "")
        assert not path or path.startswith(f"/api/v1/conversations/{tea}/messages?")
    assert pages == [said[4:], said[1:4], said[:1]]


def test_with_after_pages_lead_to_newer_ones(ada: Person, tea: str) -> None:
    said = [ada.says(f"{number}", to=tea)["id"] for number in range(6)]
    pages, path = [], f"/conversations/{tea}/messages?after={said[0]}&limit=2"
    while path:
        answer = ada.get(path)
        pages.append(numbers(done(answer)))
        path = answer.links.get("next", {}).get("url", "")
    assert pages == [said[1:3], said[3:5], said[5:]]


def test_before_and_after_are_exclusive_and_around_is_not(ada: Person, tea: str) -> None:
    said = [ada.says(f"{number}", to=tea)["id"] for number in range(7)]
    assert numbers(ada.sees(tea, before=said[3], limit=2)) == said[1:3]
    assert numbers(ada.sees(tea, before=said[0])) == []
    assert numbers(ada.sees(tea, after=said[3], limit=2)) == said[4:6]
    assert numbers(ada.sees(tea, after=said[-1])) == []
    around = numbers(ada.sees(tea, around=said[3], limit=3))
    assert around == said[2:5]
    assert numbers(ada.sees(tea, around=said[3])) == said
    assert said[0] in numbers(ada.sees(tea, around=said[0], limit=3))


def test_a_page_without_more_has_no_next(ada: Person, tea: str) -> None:
    said = [ada.says(f"{number}", to=tea)["id"] for number in range(3)]
    for query in ("limit=3", f"before={said[2]}&limit=2", f"after={said[0]}&limit=2"):
        assert "next" not in ada.get(f"/conversations/{tea}/messages?{query}").links, query


@pytest.mark.parametrize(
    "query", ["before=5&after=2", "before=5&around=2", "after=2&around=2", "before=5&after=2&around=3"]
)
def test_the_three_exclude_each_other(ada: Person, tea: str, query: str) -> None:
    problem(ada.get(f"/conversations/{tea}/messages?{query}"), 422)


def test_fifty_messages_are_a_page_unless_told(ada: Person, tea: str) -> None:
    ear = ada.listens()
    refs = [ear.says("post", conversation_id=tea, content=f"{number}") for number in range(51)]
    ids = [ear.answer_to(ref)["id"] for ref in refs]
    assert numbers(ada.sees(tea)) == ids[1:]
    assert numbers(ada.sees(tea, limit=100)) == ids


def test_what_is_no_message_is_a_404(ada: Person, tea: str) -> None:
    for number in ("1", "99", "0", "-1", "x", "2.5"):
        nothing_here(ada.get(f"/conversations/{tea}/messages/{number}"))
        nothing_here(ada.delete(f"/conversations/{tea}/messages/{number}"))


def test_a_message_taken_back_leaves_a_tombstone_with_its_number(ada: Person, bo: Person, tea: str) -> None:
    said = ada.shows(photo(), to=tea, content="regrets", client_id=new_key())
    ada.takes_back(said)
    ada.takes_back(said)
    seen = bo.message(tea, said["id"])
    fits(seen, MESSAGE)
    kept = ("id", "conversation_id", "sender_id", "created_at")
    assert [seen[name] for name in kept] == [said[name] for name in kept]
    assert (seen["content"], seen["html"], seen["attachments"], seen["reactions"]) == ("", "", [], [])
    assert seen["deleted_at"] is not None
    assert bo.sees(tea) == [seen]


def test_files_of_a_message_taken_back_are_gone_for_good(ada: Person, bo: Person, tea: str) -> None:
    said = ada.shows(photo(), ("notes.txt", b"secret", "text/plain"), to=tea)
    urls = [url for one in said["attachments"] for url in (one["url"], *(r["url"] for r in one["renditions"]))]
    assert all(bo.get(url).status_code == 200 for url in urls)
    ada.takes_back(said)
    for who in (ada, bo):
        for url in urls:
            nothing_here(who.get(url))


@pytest.mark.usefixtures("cy_is_admin")
def test_its_sender_an_admin_and_the_owner_take_a_message_back(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    hers = ada.says("hers", to=tea)
    problem(bo.delete(f"/conversations/{tea}/messages/{hers['id']}"), 403)
    cy.takes_back(hers)
    his, too = bo.says("his", to=tea), bo.says("too", to=tea)
    ada.takes_back(his)
    bo.takes_back(too)
    assert texts(ada.sees(tea)) == ["", "", ""]
    assert ada.log(tea)[-3]["actor_id"] == cy.id or ada.log(tea)[-1]["actor_id"] == bo.id


def test_in_a_direct_conversation_only_the_sender_does(pair: tuple[Person, Person, str]) -> None:
    dee, flo, duo = pair
    said = dee.says("mine", to=duo)
    problem(flo.delete(f"/conversations/{duo}/messages/{said['id']}"), 403)
    dee.takes_back(said)


def test_whoever_left_keeps_their_words_in_the_group(ada: Person, bo: Person, tea: str) -> None:
    said = bo.says("goodbye", to=tea)
    done(bo.delete(f"/conversations/{tea}/participants/me"), 204)
    assert ada.message(tea, said["id"]) == said
