"""Whoever is not in a conversation cannot tell it from one that never was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.people import ABSENT, Person
from tests.conformance.pictures import photo
from tests.conformance.routes import GOOD, OF_A_CONVERSATION, filled
from tests.conformance.verdicts import done, nothing_here


def _ways(path: str) -> Iterator[dict[str, object]]:
    yield {}
    yield {"content": b"{", "headers": {"Content-Type": "application/json"}}
    yield {"json": {"nope": 1}}
    if path in GOOD:
        yield {"json": GOOD[path]}
    if path.endswith("/file"):
        yield {"files": [("file", photo())]}


@pytest.mark.parametrize(("method", "path"), OF_A_CONVERSATION)
def test_strangers_and_those_who_left_get_the_404_of_what_never_was(
    ada: Person, bo: Person, eve: Person, tea: str, method: str, path: str
) -> None:
    said = ada.says("hi", to=tea)
    done(bo.delete(f"/conversations/{tea}/participants/me"), 204)
    for outsider in (eve, bo):
        foreign = filled(path, conversation=tea, user=outsider.id, message=said["id"])
        absent = filled(path, conversation=ABSENT, user=outsider.id, message=said["id"])
        odd = filled(path, conversation="no-such-id", user=outsider.id, message=said["id"])
        for how in _ways(path):
            told = nothing_here(outsider.ask(method, foreign, **how))
            assert told == nothing_here(outsider.ask(method, absent, **how))
            assert told == nothing_here(outsider.ask(method, odd, **how))


def test_files_are_a_404_for_outsiders_by_every_way_to_ask(ada: Person, bo: Person, eve: Person, tea: str) -> None:
    attached = ada.shows(photo(), to=tea)["attachments"][0]
    urls = [attached["url"], *(one["url"] for one in attached["renditions"])]
    etags = {url: bo.get(url).headers["etag"] for url in urls}
    done(ada.delete(f"/conversations/{tea}/participants/{bo.id}"), 204)
    for outsider in (eve, bo):
        for url in urls:
            told = nothing_here(outsider.get(url))
            assert told == nothing_here(outsider.get(url.replace(attached["id"], ABSENT)))
            assert told == nothing_here(outsider.get(url.replace(tea, ABSENT)))
            nothing_here(outsider.get(url, headers={"If-None-Match": etags[url]}))
            nothing_here(outsider.get(url, headers={"Range": "bytes=0-1"}))
            assert outsider.ask("HEAD", url).status_code == 404


def test_a_file_is_found_in_its_own_conversation_only(ada: Person, bo: Person, tea: str) -> None:
    other = ada.gathers(bo, title="Other")
    url = ada.shows(photo(), to=tea)["attachments"][0]["url"]
    assert ada.get(url).status_code == 200
    nothing_here(ada.get(url.replace(tea, other)))


def test_a_direct_conversation_is_found_by_its_two_only(ada: Person, eve: Person, root: Person, house: object) -> None:
    ada.talks_to(eve)
    third = root
    for one, other in ((ada.id, eve.id), (eve.id, ada.id)):
        told = nothing_here(third.get(f"/conversations/{one}/{other}"))
        assert told == nothing_here(third.get(f"/conversations/{one}/{ABSENT}"))
        assert told == nothing_here(third.get(f"/conversations/{ABSENT}/{one}"))


def test_what_is_absent_has_one_face_everywhere(ada: Person, eve: Person, tea: str) -> None:
    session, token = eve.session_id(), done(eve.post("/tokens", {"name": "eve's"}), 201)["id"]
    told = nothing_here(ada.get(f"/conversations/{ABSENT}"))
    for answer in (
        ada.get(f"/users/{ABSENT}"),
        ada.get(f"/users/{ABSENT}/image"),
        ada.get(f"/users/conversations/{ABSENT}"),
        ada.get(f"/conversations/{tea}/messages/99"),
        ada.delete(f"/conversations/{tea}/messages/99"),
        ada.delete(f"/sessions/{session}"),
        ada.delete(f"/sessions/{ABSENT}"),
        ada.delete(f"/tokens/{token}"),
        ada.delete(f"/tokens/{ABSENT}"),
        ada.delete(f"/conversations/{tea}/participants/{eve.id}"),
        ada.delete(f"/conversations/{tea}/participants/{ABSENT}"),
    ):
        assert nothing_here(answer) == told, answer.request.url
    assert eve.get("/users/me").status_code == 200
