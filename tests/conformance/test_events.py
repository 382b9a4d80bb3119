"""The log of a conversation: numbered without gaps, each kind with what it carries."""

from __future__ import annotations

from tests.conformance.people import Json, Person
from tests.conformance.shapes import event
from tests.conformance.verdicts import done, problem


def _kinds(events: list[Json]) -> list[str]:
    return [one["kind"] for one in events]


def test_the_first_event_names_all_first_participants(ada: Person, bo: Person, cy: Person) -> None:
    tea = ada.gathers(bo, cy)
    first = event(bo.log(tea)[0])
    assert (first["seq"], first["kind"], first["actor_id"]) == (1, "conversation.created", ada.id)
    assert {one["user"]["id"] for one in first["conversation"]["participants"]} == {ada.id, bo.id, cy.id}
    assert ada.says("first", to=tea)["id"] == 2


def test_a_direct_conversation_begins_the_same_way(pair: tuple[Person, Person, str]) -> None:
    dee, flo, duo = pair
    first = event(flo.log(duo)[0])
    assert (first["seq"], first["kind"], first["conversation"]["kind"]) == (1, "conversation.created", "direct")
    assert {one["user"]["id"] for one in first["conversation"]["participants"]} == {dee.id, flo.id}


def test_everything_that_happens_is_one_event_in_order_without_gaps(
    ada: Person, bo: Person, cy: Person, eve: Person
) -> None:
    tea = ada.gathers(bo, cy)
    said = ada.says("hi", to=tea)
    done(ada.put(f"/conversations/{tea}", {"title": "High tea"}))
    done(ada.post(f"/conversations/{tea}/participants", {"user_ids": [eve.id]}))
    done(ada.put(f"/conversations/{tea}/participants/{cy.id}", {"role": "admin"}))
    done(eve.delete(f"/conversations/{tea}/participants/me"), 204)
    ada.takes_back(said)
    events = [event(one) for one in bo.log(tea)]
    assert [one["seq"] for one in events] == list(range(1, 8))
    assert {one["conversation_id"] for one in events} == {tea}
    assert _kinds(events) == [
        "conversation.created",
        "message.posted",
        "conversation.changed",
        "participant.joined",
        "participant.changed",
        "participant.left",
        "message.deleted",
    ]
    assert [one["actor_id"] for one in events] == [ada.id] * 5 + [eve.id, ada.id]
    assert events[2]["conversation"]["title"] == "High tea"
    assert [events[at]["participant"]["user"]["id"] for at in (3, 4, 5)] == [eve.id, cy.id, eve.id]
    assert events[4]["participant"]["role"] == "admin"
    assert bo.looks_at(tea)["last_seq"] == 7


def test_what_changes_nothing_is_no_event(ada: Person, bo: Person, tea: str) -> None:
    said = ada.says("hi", to=tea, client_id="once")
    ada.takes_back(said)
    before = ada.looks_at(tea)["last_seq"]
    ada.takes_back(said)
    done(ada.post(f"/conversations/{tea}/messages", {"content": "hi", "client_id": "once"}), 200)
    done(ada.put(f"/conversations/{tea}/participants/{bo.id}", {"role": "member"}))
    done(bo.put(f"/conversations/{tea}", {"muted": True}))
    bo.reads(tea, before)
    problem(ada.post(f"/conversations/{tea}/messages", {"content": ""}), 422)
    assert ada.looks_at(tea)["last_seq"] == before


def test_a_message_in_an_event_is_as_it_is_now(ada: Person, bo: Person, tea: str) -> None:
    said = ada.says("to be taken back", to=tea)
    posted = bo.log(tea, after=said["id"] - 1)[0]
    assert (posted["kind"], posted["seq"], posted["message"]) == ("message.posted", said["id"], said)
    ada.takes_back(said)
    posted, deleted = [event(one) for one in bo.log(tea, after=said["id"] - 1)]
    assert posted["message"] == deleted["message"] == bo.message(tea, said["id"])
    assert posted["message"]["deleted_at"]
    assert "taken back" not in str(bo.log(tea))


def test_catching_up_goes_page_by_page(ada: Person, tea: str) -> None:
    for number in range(5):
        ada.says(f"{number}", to=tea)
    last = ada.looks_at(tea)["last_seq"]
    found, path = [], f"/conversations/{tea}/events?after=1&limit=2"
    while path:
        answer = ada.get(path)
        found += [one["seq"] for one in done(answer)]
        path = answer.links.get("next", {}).get("url", "")
        assert not path or path.startswith(f"/api/v1/conversations/{tea}/events?")
    assert found == list(range(2, last + 1))
    assert done(ada.get(f"/conversations/{tea}/events?after={last}")) == []
    assert done(ada.get(f"/conversations/{tea}/events?after={last + 1000}")) == []
    assert "next" not in ada.get(f"/conversations/{tea}/events?after={last}").links


def test_without_a_number_it_begins_at_the_beginning(ada: Person, tea: str) -> None:
    assert done(ada.get(f"/conversations/{tea}/events"))[0]["seq"] == 1


def test_nobody_learns_anothers_address_from_events(ada: Person, root: Person, bo: Person) -> None:
    tea = ada.gathers(bo, root)
    for who in (ada, root, bo):
        text = who.get(f"/conversations/{tea}/events").text
        assert "@example.org" not in text
        assert "is_admin" not in text
