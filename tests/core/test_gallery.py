"""The gallery: who sees which pictures, in which order, and how one pages through them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chatsphere.core import contacts, files, gallery, messages, reactions
from chatsphere.core.errors import Invalid, NotFound
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.gallery import Wanted
from chatsphere.core.values import Message, Page, Picture
from tests.cast import Cast, Person, refused
from tests.core.conftest import Passes, Time

PICTURE = Stored("a.jpg", "image", "image/jpeg", 5, b"h" * 32, b"s" * 32, 800, 500, "th", 20)
PAPER = Stored("a.txt", "file", "text/plain", 5, b"h" * 32, b"s" * 32)


def shows(one: Person, to: str, *what: Stored, words: str = "", alt: str = "") -> Message:
    """Send these as one album."""
    attached = [Attached(one.chat.do(files.stage, one.id, to, each), alt) for each in what or (PICTURE,)]
    return one.chat.do(messages.post, one.id, to, words, files=attached).message


def looks(one: Person, at: str | None = None, **wanted: object) -> Page[Picture]:
    """A page of a conversation's gallery, or of the one of everything."""
    which = Wanted(**wanted)  # type: ignore[arg-type]
    if at is None:
        return one.chat.ask(gallery.everything, one.id, which)
    return one.chat.ask(gallery.page, one.id, at, which)


def ids(page: Page[Picture]) -> list[str]:
    return [one.attachment.id for one in page.items]


def album(message: Message) -> list[str]:
    return [one.id for one in message.attachments]


def test_the_gallery_has_the_pictures_in_order_and_nothing_else(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.ada.says("no picture", to=tea)
    first = shows(people.ada, tea, PICTURE, PAPER, PICTURE, words="two and a paper", alt="a cat")
    second = shows(people.bo, tea)
    seen = looks(people.bo, tea).items
    assert [one.attachment.id for one in seen] == [album(first)[0], album(first)[2], *album(second)]
    assert [one.message_id for one in seen] == [first.id, first.id, second.id]
    assert (seen[0].content, seen[0].html, seen[0].sender_id) == (first.content, first.html, people.ada.id)
    assert (seen[0].attachment, seen[0].created_at) == (first.attachments[0], first.created_at)
    people.ada.takes_back(first, of=tea)
    assert ids(looks(people.bo, tea)) == album(second)


@pytest.mark.parametrize("of_all", [False, True])
def test_one_pages_through_all_of_them_both_ways_from_anywhere(people: Cast, time: Time, of_all: bool) -> None:
    tea = people.ada.starts(people.bo)
    club = people.ada.starts(people.bo, people.cy, title="Club") if of_all else tea
    sent = []
    for n in range(5):
        time.passes(timedelta(seconds=n % 2))
        sent += [*album(shows(people.ada, tea, PICTURE, PICTURE)), *album(shows(people.bo, club))]
    at = None if of_all else tea
    whole = ids(looks(people.ada, at))
    assert sorted(whole) == sorted(sent)
    assert of_all or whole == sent
    walked: list[str] = []
    page = looks(people.ada, at, limit=4)
    while True:
        walked = ids(page) + walked
        if page.next is None:
            break
        page = looks(people.ada, at, limit=4, before=page.next)
    assert walked == whole
    middle = looks(people.ada, at, around=whole[7], limit=5)
    assert ids(middle) == whole[5:10]
    assert middle.next == middle.items[0].place
    on = looks(people.ada, at, after=middle.items[-1].place, limit=3)
    assert ids(on) == whole[10:13]
    assert on.next == on.items[-1].place
    assert looks(people.ada, at, after=on.items[-1].place).next is None
    assert ids(looks(people.ada, at, around=whole[0], limit=1)) == whole[:1]
    assert looks(people.ada, at, around=whole[0], limit=1).next is None


def test_a_place_holds_when_its_picture_is_gone(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = [shows(people.ada, tea) for _ in range(3)]
    place = looks(people.bo, tea).items[1].place
    people.ada.takes_back(said[1], of=tea)
    assert ids(looks(people.bo, tea, before=place)) == album(said[0])
    assert ids(looks(people.bo, tea, after=place)) == album(said[2])
    refused(Invalid, looks, people.bo, tea, around=album(said[1])[0])


def test_it_can_be_one_persons_or_only_what_has_words(people: Cast) -> None:
    tea = people.ada.starts(people.bo, people.cy, title="Tea")
    silent, told = shows(people.ada, tea), shows(people.bo, tea, words="look")
    described = shows(people.bo, tea, alt="a kettle")
    assert ids(looks(people.cy, tea, sender_id=people.ada.id)) == album(silent)
    assert ids(looks(people.cy, tea, has_text=True)) == album(told) + album(described)
    assert ids(looks(people.cy, None, has_text=True, sender_id=people.ada.id)) == []
    who = [one.id for one in people.chat.ask(gallery.senders, people.cy.id, tea)]
    assert who == [people.ada.id, people.bo.id]
    assert [one.id for one in people.chat.ask(gallery.senders, people.dee.id)] == []


def test_whoever_has_no_seat_sees_nothing_and_history_put_away_stays_away(people: Cast) -> None:
    tea, duo = people.ada.starts(people.bo, people.cy, title="Tea"), people.ada.starts(people.bo)
    theirs, ours = shows(people.ada, tea), shows(people.ada, duo)
    assert ids(looks(people.bo)) == album(theirs) + album(ours)
    assert ids(looks(people.cy)) == album(theirs)
    assert ids(looks(people.dee)) == []
    refused(NotFound, looks, people.dee, tea)
    refused(NotFound, looks, people.cy, duo)
    refused(NotFound, people.chat.ask, gallery.senders, people.dee.id, tea)
    refused(Invalid, looks, people.cy, None, around=album(ours)[0])
    people.bo.deletes(duo)
    assert ids(looks(people.bo)) == album(theirs)
    refused(NotFound, looks, people.bo, duo)
    again = shows(people.ada, duo)
    assert ids(looks(people.bo)) == album(theirs) + album(again)
    assert ids(looks(people.bo, duo)) == album(again)
    people.cy.leaves(tea)
    assert ids(looks(people.cy)) == []
    people.ada.deletes(tea)
    assert ids(looks(people.bo)) == album(again)


def test_what_somebody_blocked_shows_to_a_group_is_left_out(people: Cast, passes: Passes) -> None:
    tea, duo = people.ada.starts(people.bo, people.cy, title="Tea"), people.ada.starts(people.bo)
    loud, own = shows(people.bo, tea), shows(people.ada, tea)
    passes(timedelta(seconds=1))
    between_two = shows(people.bo, duo)
    people.chat.do(contacts.block, people.ada.id, people.bo.id)
    assert ids(looks(people.ada, tea)) == album(own)
    assert ids(looks(people.ada)) == album(own) + album(between_two)
    assert ids(looks(people.cy, tea)) == album(loud) + album(own)
    assert [one.id for one in people.chat.ask(gallery.senders, people.ada.id, tea)] == [people.ada.id]


@pytest.mark.parametrize("place", ["", "1", "x.y", "1.1.1", "٣.١", "9" * 19 + ".0", "-1.0"])
def test_what_is_no_place_is_refused(people: Cast, place: str) -> None:
    tea = people.ada.starts(people.bo)
    for way in ("before", "after"):
        refused(Invalid, looks, people.ada, tea, **{way: place})
        refused(Invalid, looks, people.ada, None, **{way: place})
        for at in (f"never~{tea}~1.0", f"2026-11-25T00:00:00~{tea}~1.0", "2026-11-25T00:00:00+00:00~x~1.0"):
            refused(Invalid, looks, people.ada, None, **{way: at})


def test_each_picture_has_its_own_reactions(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = shows(people.ada, tea, PICTURE, PICTURE)
    people.chat.do(reactions.react, people.bo.id, tea, said.id, "🧡", said.attachments[1].id)
    people.chat.do(reactions.react, people.bo.id, tea, said.id, "👍")
    first, second = looks(people.ada, tea).items
    assert first.attachment.reactions == ()
    assert [(one.emoji, one.user_ids) for one in second.attachment.reactions] == [("🧡", (people.bo.id,))]
