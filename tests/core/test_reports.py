"""Reports: who makes one, what the administrators then see of it, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chatsphere.core import audit, files, jobs, people as accounts, reports, sessions
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.events import Attached, MessageDeleted
from chatsphere.core.files import Stored
from chatsphere.core.reports import Case, Filed, Made, Outcome, Report, Thing
from tests.cast import Cast, Person, join, refused
from tests.core.test_races import overtaken


def reports_(one: Person, reason: Any = "spam", words: str = "", **thing: Any) -> Made:
    return one.chat.do(reports.make, one.id, Thing(**thing), reason, words)


def opens(admin: Person, report: Report) -> Case:
    return admin.chat.ask(reports.show, admin.id, report.id)


def sees(admin: Person, state: Any = "open") -> list[Filed]:
    return list(admin.chat.ask(reports.queue, admin.id, state).items)


def ends(admin: Person, report: Report, outcome: Outcome, note: str = "") -> None:
    admin.chat.do(reports.close, admin.id, report.id, outcome, note)


def staged(one: Person, where: str, kind: str = "image") -> str:
    """A file that is about to be sent."""
    stored = Stored("a.jpg", kind, "image/jpeg", 5, b"h" * 32, b"s" * 32, 800, 500, "th", 20)
    return one.chat.do(files.stage, one.id, where, stored)


def written(chat: Chat) -> list[str]:
    """What the audit log has of what they did, oldest first."""
    return [one.action for one in reversed(chat.ask(audit.page, 100).items) if one.action != "user.created"]


@pytest.fixture
def tea(people: Cast) -> str:
    """A group that Ada, the administrator, has no seat in."""
    return people.bo.starts(people.cy, people.dee, title="Secret tea")


def test_an_administrator_sees_the_message_and_nothing_around_it(people: Cast, tea: str) -> None:
    people.dee.says("nobody else is to read this", to=tea)
    said = people.cy.says("buy **now**", to=tea, reply_to=2)
    report = reports_(people.bo, words=" again and again ", conversation_id=tea, message_id=said.id).report
    [filed] = sees(people.ada)
    assert (filed.reporter.id, filed.subject.id, filed.report.words) == (people.bo.id, people.cy.id, "again and again")
    case = opens(people.ada, report)
    assert case.message is not None
    assert (case.message.content, case.message.html, case.message.reply_to) == (said.content, said.html, None)
    assert (case.conversation, case.people, case.is_gone) == ("group", 3, False)
    assert "Secret" not in repr(case)
    assert "nobody else" not in repr(case)
    assert written(people.chat) == ["report.made"]


def test_of_a_reported_picture_that_picture_alone_is_seen(people: Cast, tea: str) -> None:
    one, two = (staged(people.cy, tea) for _ in range(2))
    said = people.cy.says("look at these", to=tea, files=[Attached(one, "first"), Attached(two, "second")])
    report = reports_(people.bo, conversation_id=tea, message_id=said.id, file_id=two).report
    message = opens(people.ada, report).message
    assert message is not None
    assert (message.content, message.html, [each.id for each in message.attachments]) == ("", "", [two])
    ada = people.ada.id
    assert people.chat.ask(reports.readable, ada, report.id, two).key.endswith(f"{two}/original")
    refused(NotFound, people.chat.ask, reports.readable, ada, report.id, one)
    refused(NotFound, people.chat.ask, reports.readable, ada, report.id, two, "9.avif")
    whole = reports_(people.dee, conversation_id=tea, message_id=said.id).report
    assert people.chat.ask(reports.readable, ada, whole.id, one).key.endswith(f"{one}/original")
    elsewhere = staged(people.bo, tea)
    people.bo.says("", to=tea, files=[Attached(elsewhere)])
    refused(NotFound, people.chat.ask, reports.readable, ada, whole.id, elsewhere)
    ends(people.ada, report, "nothing")
    refused(NotFound, people.chat.ask, reports.readable, ada, report.id, two)


def test_only_what_the_reporter_can_see_is_reported(people: Cast, tea: str) -> None:
    said = people.cy.says("hello", to=tea)
    words, picture = staged(people.cy, tea, kind="file"), staged(people.cy, tea)
    album = people.cy.says("", to=tea, files=[Attached(words), Attached(picture)])
    stranger = join(people.chat, "eve")
    unseen: list[dict[str, Any]] = [
        {"conversation_id": tea, "message_id": said.id},
        {"conversation_id": tea, "message_id": album.id, "file_id": picture},
        {"conversation_id": "0" * 32, "message_id": 2},
        {"user_id": "0" * 32},
        {"user_id": "zz"},
    ]
    for thing in unseen:
        refused(NotFound, reports_, stranger, **thing)
    absent: list[dict[str, Any]] = [
        {"conversation_id": tea, "message_id": 99},
        {"conversation_id": tea, "message_id": 2**40},
        {"conversation_id": tea, "message_id": album.id, "file_id": words},
        {"conversation_id": tea, "message_id": said.id, "file_id": picture},
    ]
    for thing in absent:
        refused(NotFound, reports_, people.bo, **thing)
    people.cy.takes_back(said, of=tea)
    refused(NotFound, reports_, people.bo, conversation_id=tea, message_id=said.id)
    duo = people.bo.starts(people.cy)
    before = people.cy.says("before", to=duo)
    people.bo.deletes(duo)
    refused(NotFound, reports_, people.bo, conversation_id=duo, message_id=before.id)
    assert sees(people.ada) == []


def test_nobody_reports_themselves_or_what_makes_no_sense(people: Cast, tea: str) -> None:
    said = people.bo.says("hello", to=tea)
    refused(Invalid, reports_, people.bo, user_id=people.bo.id)
    refused(Invalid, reports_, people.bo, conversation_id=tea, message_id=said.id)
    refused(Invalid, reports_, people.cy, reason="boredom", user_id=people.bo.id)
    refused(Invalid, reports_, people.cy, words="x" * 2001, user_id=people.bo.id)


def test_the_same_thing_is_reported_once_while_that_is_open(people: Cast, tea: str) -> None:
    said = people.cy.says("hello", to=tea)
    where: dict[str, Any] = {"conversation_id": tea, "message_id": said.id}
    first = reports_(people.bo, words="first", **where)
    again = reports_(people.bo, reason="violence", words="again", **where)
    assert (again.created, again.report) == (False, first.report)
    assert reports_(people.dee, **where).created
    assert reports_(people.bo, user_id=people.cy.id).created
    assert len(sees(people.ada)) == 3
    ends(people.ada, first.report, "nothing")
    assert reports_(people.bo, **where).created


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[Chat]:
    chat = Chat(open_engine(database_url), secret=b"for tests only")
    yield chat
    chat.close()


def test_the_same_thing_reported_in_two_processes_at_once_is_one_report(people: Cast, elsewhere: Chat) -> None:
    thing = Thing(user_id=people.cy.id)
    make = (reports.make, people.bo.id, thing, "spam", "")
    assert not overtaken(make, elsewhere, lambda: reports_(people.bo, user_id=people.cy.id)).created
    assert len(sees(people.ada)) == 1


def test_nobody_else_sees_reports(people: Cast, tea: str) -> None:
    report = reports_(people.bo, user_id=people.cy.id).report
    for nobody in (people.bo, people.cy, people.dee):
        refused(Forbidden, sees, nobody)
        refused(Forbidden, opens, nobody, report)
        refused(Forbidden, ends, nobody, report, "disabled")
        refused(Forbidden, nobody.chat.do, reports.remove, nobody.id, report.id)
        refused(Forbidden, nobody.chat.ask, reports.readable, nobody.id, report.id, "0" * 32)
        refused(Forbidden, nobody.chat.ask, reports.waiting, nobody.id)


def test_no_administrator_is_shown_a_report_about_themself(people: Cast) -> None:
    report = reports_(people.bo, user_id=people.ada.id).report
    people.chat.do(accounts.set_admin, people.dee.id, True)
    assert sees(people.ada) == []
    assert people.chat.ask(reports.waiting, people.ada.id) == 0
    refused(NotFound, opens, people.ada, report)
    refused(NotFound, ends, people.ada, report, "nothing")
    assert [one.report for one in sees(people.dee)] == [report]
    assert people.chat.ask(reports.waiting, people.dee.id) == 1


def test_a_removed_message_is_gone_for_everybody_by_the_administrators_hand(people: Cast, tea: str) -> None:
    picture = staged(people.cy, tea)
    said = people.cy.says("ugly", to=tea, files=[Attached(picture)])
    other = people.cy.says("harmless", to=tea)
    report = reports_(people.bo, conversation_id=tea, message_id=said.id).report
    again = reports_(people.dee, conversation_id=tea, message_id=said.id, file_id=picture).report
    ends(people.ada, report, "removed", "as we agreed")
    assert people.dee.sees(tea) == ["", "harmless"]
    last = people.dee.hears(tea)[-1]
    assert (last.kind, last.actor_id) == (MessageDeleted.kind, people.ada.id)
    assert written(people.chat) == ["report.made", "report.made", "message.removed", "report.closed"]
    left = opens(people.ada, again)
    assert (left.is_gone, left.message) == (True, None)
    ends(people.ada, again, "removed")
    assert people.dee.hears(tea)[-1] == last
    assert people.dee.sees(tea) == ["", other.content]


def test_a_message_is_removed_through_an_open_report_about_it_only(people: Cast, tea: str) -> None:
    said = people.cy.says("fine", to=tea)
    about_them = reports_(people.bo, user_id=people.cy.id).report
    refused(Invalid, people.chat.do, reports.remove, people.ada.id, about_them.id)
    report = reports_(people.bo, conversation_id=tea, message_id=said.id).report
    ends(people.ada, report, "nothing")
    refused(Conflict, people.chat.do, reports.remove, people.ada.id, report.id)
    refused(Conflict, ends, people.ada, report, "removed")
    refused(NotFound, people.chat.do, reports.remove, people.ada.id, "0" * 32)
    assert people.dee.sees(tea) == ["fine"]


def test_what_its_sender_deletes_is_gone_from_the_report_too(people: Cast, tea: str) -> None:
    said = people.cy.says("never mind", to=tea)
    report = reports_(people.bo, words="they said never mind", conversation_id=tea, message_id=said.id).report
    people.cy.takes_back(said, of=tea)
    case = opens(people.ada, report)
    assert (case.message, case.is_gone, case.filed.report.words) == (None, True, "they said never mind")
    people.bo.deletes(tea)
    case = opens(people.ada, report)
    assert (case.message, case.is_gone, case.conversation, case.people) == (None, True, None, 0)


def test_who_is_warned_is_written_to_and_who_is_disabled_is_signed_out(people: Cast) -> None:
    report = reports_(people.bo, reason="harassment", user_id=people.cy.id).report
    ends(people.ada, report, "warned")
    letter = people.chat.do(jobs.lease, [jobs.LETTER])
    assert letter is not None
    assert (letter.user_id, letter.body) == (
        people.cy.id,
        {"letter": "warning", "reason": "harassment", "of": "person"},
    )
    session = people.chat.do(sessions.open, people.cy.id)
    ends(people.ada, reports_(people.bo, user_id=people.cy.id).report, "disabled")
    assert people.chat.ask(accounts.find, people.ada.id, people.cy.id).is_disabled
    assert people.chat.ask(sessions.find, session.token) is None


def test_a_closed_report_says_how_it_ended_and_shows_nothing_any_more(people: Cast, tea: str) -> None:
    said = people.cy.says("hello", to=tea)
    report = reports_(people.bo, conversation_id=tea, message_id=said.id).report
    ends(people.ada, report, "nothing", "a misunderstanding")
    case = opens(people.ada, report)
    closed = case.filed.report
    assert (closed.state, closed.outcome, closed.note) == ("closed", "nothing", "a misunderstanding")
    assert (case.message, case.is_gone) == (None, False)
    assert case.closer is not None
    assert case.closer.id == people.ada.id
    refused(Conflict, ends, people.ada, report, "warned")
    refused(Invalid, ends, people.ada, report, "banished")
    refused(Invalid, ends, people.ada, report, "nothing", "x" * 2001)


def test_what_came_before_is_counted(people: Cast) -> None:
    first = reports_(people.bo, user_id=people.cy.id).report
    ends(people.ada, first, "warned")
    reports_(people.dee, user_id=people.cy.id)
    ends(people.ada, reports_(people.bo, user_id=people.dee.id).report, "nothing")
    case = opens(people.ada, reports_(people.bo, user_id=people.cy.id).report)
    about, by = case.about_them, case.by_reporter
    assert (about.total, about.waiting, about.outcomes) == (2, 1, {"warned": 1})
    assert (by.total, by.waiting, by.outcomes) == (2, 0, {"warned": 1, "nothing": 1})


def test_the_open_ones_wait_in_the_order_in_which_they_came(people: Cast) -> None:
    made = [reports_(people.bo, user_id=one.id).report for one in (people.cy, people.dee)]
    made += [reports_(people.cy, user_id=one.id).report for one in (people.bo, people.dee)]
    assert [one.report.id for one in sees(people.ada)] == [one.id for one in made]
    first = people.chat.ask(reports.queue, people.ada.id, "open", 3)
    rest = people.chat.ask(reports.queue, people.ada.id, "open", 3, str(first.next))
    assert [one.report.id for one in (*first.items, *rest.items)] == [one.id for one in made]
    assert rest.next is None
    for report in made:
        ends(people.ada, report, "nothing")
    assert [one.report.id for one in sees(people.ada, "closed")] == [one.id for one in reversed(made)]


def test_reports_about_somebody_who_has_gone_can_still_be_closed(people: Cast) -> None:
    about = reports_(people.bo, words="about Cy", user_id=people.cy.id).report
    people.chat.do(accounts.delete, people.cy.id, people.cy.id)
    case = opens(people.ada, about)
    assert (case.filed.subject.is_deleted, case.filed.report.words) == (True, "")
    refused(Conflict, ends, people.ada, about, "disabled")
    refused(Conflict, ends, people.ada, about, "warned")
    ends(people.ada, about, "nothing")
