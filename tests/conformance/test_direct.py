"""A direct conversation that one of the two puts away: gone for them, unnoticed by the other."""

from __future__ import annotations

from tests.conformance.people import Person, new_key, numbers, texts
from tests.conformance.pictures import photo
from tests.conformance.verdicts import done, nothing_here, problem

Pair = tuple[Person, Person, str]


def _listed(who: Person) -> list[str]:
    return [one["id"] for one in done(who.get("/users/conversations/me"))]


def test_it_is_a_404_for_whoever_deletes_it_and_only_for_them(pair: Pair) -> None:
    dee, flo, duo = pair
    said = flo.says("old words", to=duo)
    done(dee.delete(f"/conversations/{duo}"), 204)
    for path in ("", "/messages", "/events", f"/messages/{said['id']}"):
        nothing_here(dee.get(f"/conversations/{duo}{path}"))
    nothing_here(dee.get(f"/conversations/{dee.id}/{flo.id}"))
    nothing_here(dee.delete(f"/conversations/{duo}"))
    nothing_here(dee.put(f"/conversations/{duo}", {"muted": True}))
    nothing_here(dee.put(f"/conversations/{duo}/read", {"seq": 1}))
    assert duo not in _listed(dee)


def test_the_other_notices_nothing(pair: Pair) -> None:
    dee, flo, duo = pair
    dee.says("one", to=duo)
    flo.says("two", to=duo)
    before = flo.looks_at(duo), flo.log(duo), flo.sees(duo)
    ear = flo.listens()
    done(dee.delete(f"/conversations/{duo}"), 204)
    assert (flo.looks_at(duo), flo.log(duo), flo.sees(duo)) == before
    assert done(flo.get(f"/conversations/{dee.id}/{flo.id}"))["id"] == duo
    ear.lives()
    assert ear.of(duo) == []


def test_when_the_other_writes_it_is_back_without_what_was_before(pair: Pair) -> None:
    dee, flo, duo = pair
    old = flo.says("old words", to=duo, client_id=new_key())
    url = flo.shows(photo(), to=duo)["attachments"][0]["url"]
    done(dee.delete(f"/conversations/{duo}"), 204)
    new = flo.says("new words", to=duo, reply_to=old["id"])
    seen = dee.looks_at(duo)
    assert (seen["last_message"]["id"], seen["unread_count"]) == (new["id"], 1)
    assert texts(dee.sees(duo)) == ["new words"]
    assert texts(dee.sees(duo, around=old["id"])) in ([], ["new words"])
    assert [event["seq"] for event in dee.log(duo)] == [new["id"]]
    nothing_here(dee.get(f"/conversations/{duo}/messages/{old['id']}"))
    nothing_here(dee.delete(f"/conversations/{duo}/messages/{old['id']}"))
    nothing_here(dee.get(url))
    assert flo.get(url).status_code == 200
    assert texts(flo.sees(duo)) == ["old words", "", "new words"]
    problem(dee.post(f"/conversations/{duo}/messages", {"content": "re", "reply_to": old["id"]}), 422, "reply_to")


def test_starting_it_again_finds_it_empty(pair: Pair) -> None:
    dee, flo, duo = pair
    flo.says("old words", to=duo)
    done(dee.delete(f"/conversations/{duo}"), 204)
    there = done(dee.post("/conversations", {"participants": [flo.id]}), 200)
    assert (there["id"], there["last_message"], there["unread_count"]) == (duo, None, 0)
    assert dee.sees(duo) == []
    assert dee.log(duo) == []
    assert duo in _listed(dee)
    assert texts(flo.sees(duo)) == ["old words"]
    flo.says("new words", to=duo)
    assert texts(dee.sees(duo)) == ["new words"]
    assert dee.looks_at(duo)["unread_count"] == 1


def test_the_other_starting_it_again_brings_nothing_back(pair: Pair) -> None:
    dee, flo, duo = pair
    flo.says("old words", to=duo)
    done(dee.delete(f"/conversations/{duo}"), 204)
    assert done(flo.post("/conversations", {"participants": [dee.id]}), 200)["id"] == duo
    assert dee.is_out_of(duo)


def test_writing_into_it_brings_it_back_too(pair: Pair) -> None:
    dee, flo, duo = pair
    flo.says("old words", to=duo)
    done(dee.delete(f"/conversations/{duo}"), 204)
    done(dee.post(f"/conversations/{duo}/messages", {"content": "me again"}), 201)
    assert texts(dee.sees(duo)) == ["me again"]
    assert texts(flo.sees(duo)) == ["old words", "me again"]


def test_it_can_be_put_away_again(pair: Pair) -> None:
    dee, flo, duo = pair
    for word in ("one", "two"):
        flo.says(word, to=duo)
        assert texts(dee.sees(duo)) == [word]
        done(dee.delete(f"/conversations/{duo}"), 204)
        assert dee.is_out_of(duo)


def test_once_both_have_deleted_it_nothing_is_left(pair: Pair) -> None:
    dee, flo, duo = pair
    said = flo.says("old words", to=duo)
    url = flo.shows(photo(), to=duo)["attachments"][0]["url"]
    for who in (dee, flo):
        done(who.delete(f"/conversations/{duo}"), 204)
    for who in (dee, flo):
        nothing_here(who.get(f"/conversations/{duo}"))
        nothing_here(who.get(f"/conversations/{duo}/messages/{said['id']}"))
        nothing_here(who.get(url))
    again = done(dee.post("/conversations", {"participants": [flo.id]}), 201)
    assert (again["message_count"], again["last_message"], again["last_seq"]) == (0, None, 1)
    flo.says("new words", to=again["id"])
    for who in (dee, flo):
        assert texts(who.sees(again["id"])) == ["new words"]
        assert 1 not in numbers(who.sees(again["id"]))


def test_ones_sockets_hear_a_reset_and_later_the_new_words(pair: Pair) -> None:
    dee, flo, duo = pair
    flo.says("old words", to=duo)
    ears, other = (dee.listens(), dee.again().listens()), flo.listens()
    done(dee.delete(f"/conversations/{duo}"), 204)
    for ear in ears:
        assert ear.hears("reset", conversation_id=duo) == {"type": "reset", "conversation_id": duo, "seq": None}
    new = flo.says("new words", to=duo)
    for ear in (*ears, other):
        assert ear.catches_up(duo, new["id"]) == [new["id"]]
    assert [frame["type"] for frame in other.of(duo)] == ["event"]


def test_resuming_never_brings_back_what_was_put_away(pair: Pair) -> None:
    dee, flo, duo = pair
    flo.says("old words", to=duo)
    done(dee.delete(f"/conversations/{duo}"), 204)
    ear = dee.listens()
    assert ear.asks("resume", epoch=ear.hello["epoch"], seqs={duo: 0})["type"] == "ok"
    assert ear.hears("reset", conversation_id=duo)["seq"] is None
    new = flo.says("new words", to=duo)
    assert ear.catches_up(duo, new["id"]) == [new["id"]]
    later = dee.listens()
    assert later.asks("resume", epoch=later.hello["epoch"], seqs={duo: 0})["type"] == "ok"
    # Either way the client ends with what there is: by the event itself, or by loading afresh.
    first = later.hears(("event", "reset"), conversation_id=duo)
    assert first["seq"] == new["id"]
    goes_on = dee.listens()
    goes_on.asks("resume", epoch=goes_on.hello["epoch"], seqs={duo: new["id"] - 1})
    assert goes_on.catches_up(duo, new["id"]) == [new["id"]]


def test_a_direct_conversation_takes_no_people_and_gives_none_up(pair: Pair, ada: Person) -> None:
    dee, flo, duo = pair
    for who in (dee, flo):
        problem(who.post(f"/conversations/{duo}/participants", {"user_ids": [ada.id]}), 409)
        problem(who.post(f"/conversations/{duo}/participants", {"user_ids": []}), 409)
        problem(who.put(f"/conversations/{duo}/participants/{flo.id}", {"role": "owner"}), 409)
        problem(who.delete(f"/conversations/{duo}/participants/{flo.id}"), 409)
        problem(who.delete(f"/conversations/{duo}/participants/me"), 409)
    assert {one["user"]["id"] for one in dee.looks_at(duo)["participants"]} == {dee.id, flo.id}
