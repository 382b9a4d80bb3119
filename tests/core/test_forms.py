"""Forms: whatever is done to messages, and in whatever order, whoever reads sees it as if nothing were remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

import pytest

from chatsphere import shapes
from chatsphere.core import files, messages, people as accounts, previews
from chatsphere.core.chat import Committed
from chatsphere.core.errors import NotFound, Refusal
from chatsphere.core.events import Attached
from chatsphere.core.files import Stored
from chatsphere.core.forms import LASTING, Forms, Stamped
from chatsphere.core.previews import Card
from chatsphere.core.values import Message, Page, Worded
from chatsphere.outside.memory import LocalMemory
from tests.cast import Cast, Person, join
from tests.core.conftest import Time

LINKS = ("https://example.org/tea", "https://example.org/cake")
WORDS = ("hello", "**tea** & cake", "so it is", *(f"look: {link}" for link in LINKS))
PICTURE = Stored("tea.jpg", "image", "image/jpeg", 5, b"h" * 32, b"h" * 32, 800, 500, "th", 20)
SPANS = (timedelta(milliseconds=1), timedelta(seconds=20), timedelta(minutes=3), timedelta(days=2))
Read = dict[str, int]


class Walk:
    """Anybody does anything to any message of a group and of a pair."""

    def __init__(self, cast: Cast, time: Time, seed: int) -> None:
        self.chat, self.time = cast.chat, time
        self.random = Random(seed)
        self.who, self.where = cast.ada, ""
        self.eve = join(cast.chat, "eve")
        pair, group = [cast.ada, cast.bo], [cast.ada, cast.bo, cast.cy, self.eve]
        self.rooms = {cast.ada.starts(*group[1:], title="Tea"): group, cast.ada.starts(cast.bo): pair}
        self.senders = {one.id: one for one in group}
        often = [self.say, self.show, self.edit, self.word, self.react, self.take_off, self.found, self.unpreview]
        seldom = [self.answer, self.pin, self.unpin, self.take_back, self.nothing_found, self.pass_by]
        once = [self.put_away, self.go, self.expire]
        self.deeds = [*often * 4, *seldom * 2, *once]

    def step(self) -> None:
        """One deed; what may not be done is not done."""
        self.where = self.random.choice([*self.rooms])
        self.who = self.random.choice(self.rooms[self.where])
        with suppress(Refusal):
            self.random.choice(self.deeds)()

    def reading(self) -> tuple[Person, str, Read]:
        """Somebody who reads something."""
        number = self.random.randint(1, 40)
        read: Read = self.random.choice([{}, {"after": number}, {"around": number}, {"before": number}])
        return self.who, self.where, {**read, "limit": self.random.choice([1, 3, 50])}

    def words(self) -> str:
        return self.random.choice(WORDS)

    def any(self, which: Callable[[Message], object] = lambda _: True) -> Message:
        """Any message like this."""
        there = [one for one in self.who.reads_page(self.where) if which(one)]
        if not there:
            raise NotFound
        return self.random.choice(there)

    def say(self) -> None:
        self.who.says(self.words(), to=self.where)

    def answer(self) -> None:
        self.who.says(self.words(), to=self.where, reply_to=self.any().id)

    def show(self) -> None:
        file_id = self.chat.do(files.stage, self.who.id, self.where, PICTURE)
        self.who.says(self.words(), to=self.where, files=[Attached(file_id)])

    def edit(self) -> None:
        message = self.any()
        self.senders[message.sender_id].edits(message, self.where, self.words())

    def word(self) -> None:
        message = self.any(lambda one: one.attachments)
        words = Worded(message.attachments[0].id, alt=self.words(), caption=self.words())
        self.senders[message.sender_id].edits(message, self.where, None, words)

    def react(self) -> None:
        message = self.any()
        on = self.random.choice([None, *(one.id for one in message.attachments)])
        self.who.reacts(self.random.choice("🍵🎂"), message, self.where, on)

    def take_off(self) -> None:
        message = self.any(lambda one: one.reactions or any(each.reactions for each in one.attachments))
        for emoji in "🍵🎂":
            for on in (None, *(one.id for one in message.attachments)):
                self.who.takes_off(emoji, message, self.where, on)

    def pin(self) -> None:
        self.who.pins(self.any(), self.where)

    def unpin(self) -> None:
        self.who.unpins(self.any(lambda one: one.pinned), self.where)

    def take_back(self) -> None:
        message = self.any()
        self.senders[message.sender_id].takes_back(message, self.where)

    def found(self) -> None:
        message = self.any(lambda one: one.previews and one.previews[0].state == "waiting")
        picture = self.chat.do(files.stage, message.sender_id, self.where, PICTURE)
        address = (message.sender_id, self.where, message.id)
        self.chat.do(previews.show, *address, message.previews[0].url, Card("example.org", "Tea", "All of it"), picture)

    def nothing_found(self) -> None:
        self.chat.do(previews.give_up, self.where, self.any().id)
        self.chat.do(previews.drop_forgotten)

    def unpreview(self) -> None:
        message = self.any(lambda one: one.previews)
        self.chat.do(previews.remove, message.sender_id, self.where, message.id)

    def pass_by(self) -> None:
        self.time.passes(self.random.choice(SPANS))

    def put_away(self) -> None:
        self.random.choice([self.who, self.eve]).deletes(self.where)

    def go(self) -> None:
        self.chat.do(accounts.delete, self.eve.id, self.eve.id)

    def expire(self) -> None:
        self.chat.do(messages.expire, self.where, self.time.now - timedelta(days=5))


def seen(forms: Forms, who: Person, where: str, read: Read) -> Page[bytes] | str:
    try:
        return who.chat.ask(messages.forms_page, who.id, where, forms, **read)
    except Refusal as refusal:
        return refusal.title


def afresh(who: Person, where: str, read: Read) -> Page[bytes] | str:
    """As who remembers nothing sees it."""
    try:
        page = who.chat.ask(messages.page, who.id, where, **read)
    except Refusal as refusal:
        return refusal.title
    return Page(tuple(shapes.message_form(one) for one in page.items), page.next)


@pytest.mark.parametrize("seed", range(4))
def test_a_page_is_the_same_whatever_is_remembered_and_whatever_was_done(people: Cast, time: Time, seed: int) -> None:
    if seed % 2:
        # Who knows their seat asks for no more than the page.
        people.chat.memory = LocalMemory()
    walk = Walk(people, time, seed)
    # One hears what this process does; one does not, as that of another process; one has room for hardly any.
    hearing, deaf, small = Forms(shapes.message_form), Forms(shapes.message_form), Forms(shapes.message_form, 5000)
    people.chat.on_commit(hearing.hear)
    for _ in range(150):
        walk.step()
        for reading in (*((people.ada, room, {}) for room in walk.rooms), walk.reading()):
            expected = afresh(*reading)
            for forms in (hearing, deaf, small):
                assert seen(forms, *reading) == expected


class Counted:
    """Forms that count what they make."""

    def __init__(self, most: int = 1_000_000) -> None:
        self.made: list[int] = []
        self.forms = Forms(self.make, most)

    def make(self, one: Message) -> bytes:
        self.made.append(one.id)
        return shapes.message_form(one)

    def reads(self, who: Person, where: str) -> list[int]:
        """Read a page; the numbers of what had to be made for it."""
        self.made.clear()
        who.chat.ask(messages.forms_page, who.id, where, self.forms)
        return list(self.made)


def test_what_has_not_changed_is_made_once_for_everybody(people: Cast) -> None:
    tea = people.ada.starts(people.bo, people.cy, title="Tea")
    said = [people.ada.says(f"cup {number}", to=tea).id for number in range(4)]
    counted = Counted()
    assert counted.reads(people.ada, tea) == said
    assert counted.reads(people.bo, tea) == []
    people.bo.reacts("🍵", said[1], tea)
    answer = people.bo.says("yes", to=tea, reply_to=said[2]).id
    assert counted.reads(people.cy, tea) == [said[1], said[2], answer]
    assert counted.reads(people.ada, tea) == []


def test_what_changes_before_the_unknown_is_looked_up_changes_for_the_known_too(people: Cast) -> None:
    people.chat.memory = LocalMemory()
    tea = people.ada.starts(people.bo, people.cy, title="Tea")
    late: list[Message] = []

    class Late(Forms):
        """Forms that take so long to say what they know that Ada changes her mind."""

        def known(self, now: datetime, conversation_id: str, stamped: Sequence[Stamped]) -> list[bytes | None]:
            found = super().known(now, conversation_id, stamped)
            while late:
                people.ada.edits(late.pop(), tea, "milk")
            return found

    forms = Late(shapes.message_form)
    cup = people.ada.says("cup", to=tea)
    seen(forms, people.bo, tea, {})
    late += [people.ada.says("cake", to=tea), cup]
    shown = seen(forms, people.bo, tea, {})
    assert not late
    assert shown == afresh(people.bo, tea, {})


def test_a_link_that_is_waited_for_is_not_remembered(people: Cast) -> None:
    tea = people.ada.starts(people.bo)
    link = people.ada.says(LINKS[0], to=tea).id
    counted = Counted()
    assert [counted.reads(people.bo, tea) for _ in range(2)] == [[link], [link]]
    people.chat.do(previews.give_up, tea, link)
    assert [counted.reads(people.bo, tea) for _ in range(2)] == [[link], []]


def kept(forms: Forms) -> bytes:
    """All that is remembered."""
    return b"".join(form for half in (forms._new, forms._old) for _, form in half.values())


def test_what_is_taken_back_is_forgotten_with_the_commit(people: Cast) -> None:
    tea, pair = people.ada.starts(people.bo, people.cy, title="Tea"), people.ada.starts(people.bo)
    secret, _ = people.ada.says("a secret", to=tea), people.ada.says("another secret", to=pair)
    people.ada.says("cake", to=tea)
    forms = Forms(shapes.message_form)
    people.chat.on_commit(forms.hear)
    for where in (tea, pair):
        seen(forms, people.ada, where, {})
    assert kept(forms).count(b"secret") == 4
    people.ada.takes_back(secret, of=tea)
    assert kept(forms).count(b"secret") == 2
    people.bo.deletes(pair)
    assert b"secret" not in kept(forms)
    assert b"cake" in kept(forms)
    people.ada.deletes(tea)
    assert kept(forms) == b""


def test_nothing_is_remembered_for_long_nor_without_bounds(people: Cast, time: Time) -> None:
    tea = people.ada.starts(people.bo)
    for number in range(30):
        people.ada.says(f"{number} {'x' * 500}", to=tea)
    few, forms = Forms(shapes.message_form, 10_000), Forms(shapes.message_form)
    for one in (few, forms):
        seen(one, people.ada, tea, {})
    assert len(kept(few)) < 12_000 < len(kept(forms))
    for _ in range(2):
        assert kept(forms)
        time.passes(LASTING)
        forms.age(time.now)
    assert kept(forms) == b""
    seen(forms, people.ada, tea, {})
    time.passes(-LASTING)
    for _ in range(2):
        forms.age(time.now)
        time.passes(-timedelta(seconds=1))
    assert kept(forms) == b"", "a clock that is set back keeps nothing"


class Interrupted(dict[tuple[str, int], tuple[int, bytes]]):
    """What is remembered, in the middle of whose reading somebody else has their turn, if nobody keeps them from it."""

    def __init__(self, other: Callable[[], None]) -> None:
        super().__init__()
        self.other = other

    def __iter__(self) -> Iterator[tuple[str, int]]:
        for at, address in enumerate(super().__iter__()):
            if at == 1:
                turn = threading.Thread(target=self.other, daemon=True)
                turn.start()
                turn.join(0.2)
            yield address


def test_one_writer_tells_of_its_commit_while_another_does_of_its_own(people: Cast) -> None:
    tea, pair = people.ada.starts(people.bo, people.cy, title="Tea"), people.ada.starts(people.bo)
    for number in range(3):
        people.ada.says(f"cup {number}", to=tea)
    edited = people.ada.says("hello", to=pair)
    heard: list[Committed] = []
    people.chat.on_commit(heard.append)
    people.ada.edits(edited, pair, "hello, all")
    people.ada.deletes(tea)
    forms = Forms(shapes.message_form)
    told = threading.Event()

    def tells() -> None:
        forms.hear(heard[0])
        told.set()

    forms._new = Interrupted(tells)
    for address in [(pair, edited.id), *((tea, seq) for seq in (2, 3, 4))]:
        forms._keep(address, 1, b"kept")
    forms.hear(heard[-1])
    assert told.wait(5)
    assert kept(forms) == b""


def test_what_two_said_who_are_both_gone_is_forgotten_with_the_last(people: Cast) -> None:
    pair = people.bo.starts(people.cy)
    people.bo.says("a secret", to=pair)
    forms = Forms(shapes.message_form)
    people.chat.on_commit(forms.hear)
    people.chat.do(accounts.delete, people.bo.id, people.bo.id)
    seen(forms, people.cy, pair, {})
    assert b"a secret" in kept(forms)
    people.chat.do(accounts.delete, people.cy.id, people.cy.id)
    assert kept(forms) == b""
