"""Who is online, as those they talk to are told."""

from __future__ import annotations

from tests.conformance.house import House
from tests.conformance.people import Json, Person
from tests.conformance.sockets import Socket

Pair = tuple[Person, Person, str]


def _news(ear: Socket) -> list[Json]:
    return [frame for frame in ear.heard if frame["type"] == "presence"]


def test_whoever_is_online_is_told_of_after_the_hello_and_nobody_else(pair: Pair, house: House, ada: Person) -> None:
    dee, flo, _ = pair
    away = house.newcomer()
    dee.gathers(flo, away, title="With somebody away")
    ada.listens()
    flo.listens()
    ear = dee.listens()
    assert ear.hears("presence", user_id=flo.id) == {"type": "presence", "user_id": flo.id, "online": True}
    ear.lives()
    assert _news(ear) == [{"type": "presence", "user_id": flo.id, "online": True}]
    assert ear.heard[0]["type"] == "hello"


def test_coming_is_told_at_once_and_going_within_ten_seconds_of_the_last_socket(pair: Pair) -> None:
    dee, flo, _ = pair
    ear = dee.listens()
    first, second = flo.listens(), flo.again().listens()
    ear.hears("presence", user_id=flo.id, online=True)
    first.wire.close()
    ear.lives()
    second.wire.close()
    ear.hears("presence", user_id=flo.id, online=False)
    assert [one["online"] for one in _news(ear)] == [True, False]


def test_a_new_conversation_tells_its_people_of_each_other(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    ear, other = dee.listens(), flo.listens()
    dee.talks_to(flo)
    assert ear.hears("presence", user_id=flo.id)["online"] is True
    assert other.hears("presence", user_id=dee.id)["online"] is True
