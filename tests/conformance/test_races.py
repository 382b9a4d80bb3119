"""What happens when the same thing is asked for many times at once: it happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.conformance.house import House
from tests.conformance.people import PASSWORD, Person, new_key, numbers, texts
from tests.conformance.pictures import NOTES
from tests.conformance.verdicts import done

MANY = 8


def at_once(*deeds: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """The answers to things that are asked for at the same time."""
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [asked.result(timeout=60) for asked in [pool.submit(deed) for deed in deeds]]


def statuses(answers: list[httpx.Response]) -> list[int]:
    """Their statuses, lowest first."""
    return sorted(answer.status_code for answer in answers)


def test_one_key_is_one_message_however_often_it_is_sent(ada: Person, bo: Person, tea: str) -> None:
    body = {"content": "once", "client_id": new_key()}
    answers = at_once(*[lambda: ada.post(f"/conversations/{tea}/messages", body)] * MANY)
    assert statuses(answers) == [200] * (MANY - 1) + [201]
    assert len({answer.content for answer in answers}) == 1
    assert texts(bo.sees(tea)) == ["once"]


def test_one_key_is_one_album_however_often_it_is_sent(ada: Person, tea: str) -> None:
    key = new_key()
    answers = at_once(*[lambda: ada.sends(NOTES, to=tea, client_id=key)] * MANY)
    assert statuses(answers) == [200] * (MANY - 1) + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(ada.sees(tea)) == 1


def test_two_people_have_one_direct_conversation_however_they_start_it(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    pairs = [(dee, flo), (flo, dee)] * (MANY // 2)

    def start(one: Person, other: Person) -> Callable[[], httpx.Response]:
        return lambda: one.post("/conversations", {"participants": [other.id]})

    answers = at_once(*[start(one, other) for one, other in pairs])
    assert statuses(answers) == [200] * (MANY - 1) + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_a_name_is_given_once(house: House) -> None:
    name = new_key()

    def sign_up(number: int) -> Callable[[], httpx.Response]:
        account = {"user_name": name, "email": f"{name}-{number}@example.org", "password": PASSWORD}
        return lambda: house.visitor().post("/users", account)

    assert statuses(at_once(*[sign_up(number) for number in range(4)])) == [201, 409, 409, 409]


def test_numbers_have_no_gaps_whoever_speaks(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    ear, first = cy.listens(), cy.looks_at(tea)["last_seq"] + 1

    def speak(who: Person, number: int) -> Callable[[], httpx.Response]:
        return lambda: who.post(f"/conversations/{tea}/messages", {"content": f"{who.name} {number}"})

    answers = at_once(*[speak(who, number) for who in (ada, bo) for number in range(MANY)])
    ids = sorted(done(answer, 201)["id"] for answer in answers)
    assert ids == list(range(first, first + 2 * MANY))
    assert ear.catches_up(tea, ids[-1]) == ids
    assert numbers(ada.sees(tea)) == ids


def test_both_putting_a_conversation_away_at_once_erases_it(house: House) -> None:
    dee, flo = house.newcomer(), house.newcomer()
    duo = dee.talks_to(flo)
    dee.says("old words", to=duo)
    answers = at_once(*[lambda: dee.delete(f"/conversations/{duo}"), lambda: flo.delete(f"/conversations/{duo}")])
    assert statuses(answers) == [204, 204]
    assert done(flo.post("/conversations", {"participants": [dee.id]}), 201)["message_count"] == 0


def test_an_ownership_is_given_away_once(ada: Person, bo: Person, cy: Person, tea: str) -> None:
    def crown(other: Person) -> Callable[[], httpx.Response]:
        return lambda: ada.put(f"/conversations/{tea}/participants/{other.id}", {"role": "owner"})

    assert statuses(at_once(crown(bo), crown(cy))) == [200, 403]
    owners = [one for one in ada.looks_at(tea)["participants"] if one["role"] == "owner"]
    assert len(owners) == 1
