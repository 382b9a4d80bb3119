"""What links lead to: a place from the first moment, kept beside the log, and gone with its message."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from chatsphere.core import files, hyperlinks, jobs, markup, messages, previews
from chatsphere.core.chat import Chat
from chatsphere.core.errors import Forbidden, NotFound
from chatsphere.core.files import Stored
from chatsphere.core.previews import MOST_WAITING, Card
from chatsphere.core.tables import files as files_table, previews as table
from chatsphere.core.values import Preview
from tests.cast import Cast, Person, refused
from tests.core.conftest import Time

LINK = "https://example.org/tea"
TEA = Card("example.org", "Tea", "All about it")
PICTURE = Stored("preview", "image", "image/jpeg", 5, b"h" * 32, b"h" * 32, 800, 500, "th", 20)


def shown(one: Person, where: str) -> list[tuple[Preview, ...]]:
    return [each.previews for each in one.reads_page(where)]


def shows(one: Person, where: str, number: int, picture: str | None = None) -> None:
    one.chat.do(previews.show, one.id, where, number, LINK, TEA, picture)


def waiting(chat: Chat) -> int:
    return len(list(iter(lambda: chat.do(jobs.lease, [previews.KIND]), None)))


@pytest.mark.parametrize(
    ("written", "link"),
    [
        (f"see {LINK}.", LINK),
        (f"[here]({LINK})", LINK),
        ("www.example.org", "http://www.example.org"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?b=1&c=2"),
        ("main.py and example.org", None),
        (f"main.py of {LINK}", LINK),
        (f"`{LINK}`", None),
        (f"```\n{LINK}\n```", None),
        ("mailto:ada@example.org", None),
        ("ada@example.org", None),
        ("https://example.org/" + "a" * 3000, None),
        (f"||{LINK}|| and https://example.org/cake", "https://example.org/cake"),
        ("no link", None),
    ],
)
def test_the_first_address_that_somebody_wrote_is_looked_at(written: str, link: str | None) -> None:
    assert hyperlinks.first(markup.render(written)) == link


def test_a_link_has_its_place_at_once_and_what_it_leads_to_later(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    said = people.ada.says(f"look: {LINK}", to=tea)
    assert said.previews == (Preview(LINK, "waiting"),)
    assert shown(people.bo, tea) == [said.previews]
    people.bo.reads(tea)
    shows(people.ada, tea, said.id)
    ready = Preview(LINK, "ready", "example.org", "Tea", "All about it")
    assert shown(people.bo, tea) == [(ready,)]
    last = people.bo.hears(tea)[-1]
    assert (last.kind, last.message and last.message.previews) == ("message.previewed", (ready,))
    assert people.bo.unread(tea) == 0
    assert people.bo.looks_at(tea).last_message == last.message
    refused(NotFound, shows, people.ada, tea, said.id)


def test_what_leads_nowhere_is_waited_for_no_longer_and_that_is_told_once(people: Cast, time: Time) -> None:
    tea = people.ada.starts(people.bo)
    number = people.ada.says(LINK, to=tea).id
    people.chat.do(previews.give_up, tea, number)
    assert shown(people.bo, tea) == [()]
    people.chat.do(previews.give_up, tea, number)
    assert [one.kind for one in people.bo.hears(tea)[-2:]] == ["message.posted", "message.previewed"]
    refused(NotFound, people.chat.ask, previews.wanted, tea, number)
    people.ada.says(LINK, to=tea)
    time.passes(previews.FORGOTTEN_AFTER / 24)
    assert shown(people.bo, tea) == [(), ()]
    time.passes(previews.FORGOTTEN_AFTER)
    assert people.chat.do(previews.drop_forgotten) == 1


def test_who_sent_it_takes_it_away_and_nobody_else(people: Cast) -> None:
    tea = people.ada.starts(people.bo, people.cy, title="Tea")
    number = people.bo.says(LINK, to=tea).id
    picture = people.chat.do(files.stage, people.bo.id, tea, PICTURE)
    shows(people.bo, tea, number, picture)
    take = lambda one: one.chat.do(previews.remove, one.id, tea, number)  # noqa: E731
    refused(Forbidden, take, people.ada)
    refused(NotFound, take, people.dee)
    take(people.bo)
    heard = len(people.cy.hears(tea))
    take(people.bo)
    assert len(people.cy.hears(tea)) == heard
    assert shown(people.cy, tea) == [()]
    assert people.chat.ask(files.doomed) == {picture: [files.key(picture)]}
    assert people.cy.sees(tea) == [LINK]


def test_its_picture_is_found_through_a_seat_only_and_goes_with_the_message(people: Cast) -> None:
    tea, club = people.ada.starts(people.bo), people.ada.starts(people.cy)
    number = people.ada.says(LINK, to=tea).id
    picture = people.chat.do(files.stage, people.ada.id, tea, PICTURE)
    shows(people.ada, tea, number, picture)
    look = lambda one, where: one.chat.ask(files.readable, one.id, where, picture).key  # noqa: E731
    assert look(people.bo, tea) == files.key(picture)
    refused(NotFound, look, people.cy, tea)
    refused(NotFound, look, people.cy, club)
    refused(NotFound, look, people.ada, club)
    people.ada.takes_back(number, of=tea)
    refused(NotFound, look, people.bo, tea)
    assert picture in people.chat.ask(files.doomed)
    assert people.chat.ask(lambda db: db.execute(select(table)).all()) == []
    assert shown(people.bo, tea) == [()]


def test_what_is_found_too_late_is_shown_nowhere(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    number = people.ada.says(LINK, to=tea).id
    picture = people.chat.do(files.stage, people.ada.id, tea, PICTURE)
    people.ada.takes_back(number, of=tea)
    refused(NotFound, shows, people.ada, tea, number, picture)
    states = people.chat.ask(lambda db: db.execute(select(files_table.c.state)).scalars().all())
    assert states == ["staged"]


def test_with_its_conversation_every_preview_goes(people: Cast) -> None:
    tea = people.ada.starts(people.bo, title="Tea")
    shows(people.ada, tea, people.ada.says(LINK, to=tea).id)
    people.ada.says(LINK, to=tea)
    people.ada.deletes(tea)
    assert people.chat.ask(lambda db: db.execute(select(table)).all()) == []


def test_who_does_not_want_it_has_no_link_looked_at(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    people.chat.do(previews.switch, people.ada.id, False)
    assert people.ada.says(LINK, to=tea).previews == ()
    assert people.bo.says(LINK, to=tea).previews != ()
    assert waiting(people.chat) == 1
    people.chat.do(previews.switch, people.ada.id, True)
    assert people.ada.says(LINK, to=tea).previews != ()


def test_of_one_person_so_many_links_wait_and_no_more(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    for _ in range(MOST_WAITING + 3):
        people.ada.says(LINK, to=tea)
    people.bo.says(LINK, to=tea)
    assert [len(one) for one in shown(people.bo, tea)] == [1] * MOST_WAITING + [0] * 3 + [1]
    assert waiting(people.chat) == MOST_WAITING + 1


def test_other_words_have_their_own_link_looked_at_and_the_same_link_stays(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    number = people.ada.says(LINK, to=tea).id
    picture = people.chat.do(files.stage, people.ada.id, tea, PICTURE)
    shows(people.ada, tea, number, picture)
    before = shown(people.bo, tea)
    people.ada.edits(number, tea, f"I mean this: {LINK}")
    assert shown(people.bo, tea) == before
    people.ada.edits(number, tea, "I mean this: https://example.org/cake")
    assert shown(people.bo, tea) == [(Preview("https://example.org/cake", "waiting"),)]
    assert people.bo.hears(tea)[-1].message == people.bo.reads_page(tea)[0]
    assert picture in people.chat.ask(files.doomed)
    people.ada.edits(number, tea, "never mind")
    assert shown(people.bo, tea) == [()]


def test_saying_it_again_is_not_another_look(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    for _ in range(2):
        said = people.chat.do(messages.post, people.ada.id, tea, LINK, client_id="once")
        assert said.message.previews == (Preview(LINK, "waiting"),)
    assert waiting(people.chat) == 1
