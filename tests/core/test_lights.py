"""The light of a room: its pictures', or what somebody in it chose for all."""

from __future__ import annotations

from dataclasses import replace

from chatsphere.core import contacts
from chatsphere.core.errors import Forbidden, NotFound
from tests.cast import Cast, refused
from tests.core.test_files import _picture, _sends


def test_what_somebody_chose_is_the_light_for_all_until_it_is_left_to_the_pictures_again(people: Cast) -> None:
    club = people.ada.starts(people.bo, people.cy, title="Club")
    _sends(people.ada, club, _picture())
    people.cy.lights(club, 300)
    assert [one.looks_at(club).hue for one in (people.ada, people.bo)] == [300, 300]
    # Pictures come and go under it, and are remembered.
    green = _sends(people.bo, club, replace(_picture(), hue=120)).message
    assert (people.ada.looks_at(club).hue, people.ada.looks_at(club).chosen_hue) == (300, 300)
    people.bo.lights(club, None)
    assert (people.ada.looks_at(club).hue, people.ada.looks_at(club).chosen_hue) == (120, None)
    people.ada.lights(club, 0)
    people.bo.takes_back(green, of=club)
    assert people.cy.looks_at(club).hue == 0
    people.ada.lights(club, None)
    assert people.cy.looks_at(club).hue == 20


def test_it_is_heard_brings_nothing_to_the_top_and_is_said_once(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.says("hello", to=tea)
    before = people.bo.looks_at(tea)
    people.ada.lights(tea, 130)
    people.bo.lights(tea, 130)
    now = people.bo.looks_at(tea)
    assert (now.last_seq, now.last_activity_at) == (before.last_seq + 1, before.last_activity_at)
    assert (now.mine, now.last_message) == (before.mine, before.last_message)
    (heard,) = people.bo.hears(tea, after=before.last_seq)
    assert heard.kind == "conversation.lit"
    assert heard.conversation is not None
    assert heard.conversation.chosen_hue == 130


def test_who_does_not_sit_there_and_who_is_blocked_changes_no_light(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    refused(NotFound, people.cy.lights, tea, 130)
    people.bo.chat.do(contacts.block, people.bo.id, people.ada.id)
    for one in (people.ada, people.bo):
        refused(Forbidden, one.lights, tea, 130)
