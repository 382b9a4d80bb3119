"""Who may write to whom: blocking, muting, and who may come first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Engine

from chatsphere.core import contacts, conversations, messages, people as accounts
from chatsphere.core.chat import Chat
from chatsphere.core.database import open_engine
from chatsphere.core.errors import Conflict, Forbidden, Invalid, NotFound
from chatsphere.core.values import FirstContact
from chatsphere.core.writer import Call, Outcome, _in_order
from tests.cast import Cast, Person, refused, replays
from tests.core.test_races import overtaken


def blocks(one: Person, other: Person) -> None:
    one.chat.do(contacts.block, one.id, other.id)


def unblocks(one: Person, other: Person) -> None:
    one.chat.do(contacts.unblock, one.id, other.id)


def welcomes(one: Person, whom: FirstContact) -> None:
    one.chat.do(accounts.set_first_contact, one.id, whom)


def cannot(deed: Any, /, *args: Any, **kwargs: Any) -> None:
    """Neither a block nor a closed door says which of them it is."""
    assert refused(Forbidden, deed, *args, **kwargs).detail == "You cannot write to this person."


def test_whoever_is_blocked_cannot_write_and_neither_can_the_one_who_blocks(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    people.cy.says("hello", to=duo)
    blocks(people.bo, people.cy)
    cannot(people.cy.says, "hello?", to=duo)
    cannot(people.bo.says, "go away", to=duo)
    assert people.cy.sees(duo) == people.bo.sees(duo) == ["hello"]
    unblocks(people.bo, people.cy)
    people.cy.says("thank you", to=duo)
    people.bo.says("you are welcome", to=duo)


def test_a_block_that_both_have_set_holds_until_both_have_lifted_it(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    blocks(people.bo, people.cy)
    blocks(people.cy, people.bo)
    unblocks(people.bo, people.cy)
    cannot(people.bo.says, "peace?", to=duo)
    unblocks(people.cy, people.bo)
    people.bo.says("peace", to=duo)


def test_nobody_begins_anything_with_whom_they_block_or_who_blocks_them(people: Cast) -> None:
    tea = people.dee.starts(people.bo, title="Tea")
    cake = people.cy.starts(people.dee, title="Cake")
    people.dee.makes(people.bo, "admin", of=tea)
    blocks(people.bo, people.cy)
    for one, other, here in ((people.bo, people.cy, tea), (people.cy, people.bo, cake)):
        cannot(one.starts, other)
        cannot(one.starts, other, people.dee, title="All of us")
        cannot(one.brings, other, into=here)
    assert len(people.cy.conversations()) == 1
    people.dee.brings(people.cy, into=tea)
    people.cy.says("in a group both may talk", to=tea)
    people.bo.says("and both may answer", to=tea)


def test_a_conversation_that_is_there_stays_to_be_looked_at(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    people.bo.says("hello", to=duo)
    blocks(people.bo, people.cy)
    assert people.cy.starts(people.bo) == people.bo.starts(people.cy) == duo
    people.cy.deletes(duo)
    cannot(people.cy.starts, people.bo)
    assert people.cy.conversations() == []


def test_what_was_said_before_the_block_still_gets_its_answer(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    said = people.cy.says("hello", to=duo, client_id="one")
    blocks(people.bo, people.cy)
    again = people.chat.do(messages.post, people.cy.id, duo, "hello", "one")
    assert (again.message.id, again.created) == (said.id, False)
    refused(Conflict, people.cy.says, "other words", to=duo, client_id="one")
    cannot(people.cy.says, "hello", to=duo, client_id="two")


def test_whoever_wants_no_strangers_is_not_written_to_first(people: Cast) -> None:
    welcomes(people.bo, "nobody")
    cannot(people.cy.starts, people.bo)
    cannot(people.cy.starts, people.bo, people.dee, title="Tea")
    tea = people.cy.starts(people.dee, title="Tea")
    cannot(people.cy.brings, people.bo, into=tea)
    duo = people.bo.starts(people.cy)
    people.cy.says("you came to me", to=duo)
    people.cy.brings(people.bo, into=tea)
    assert set(people.bo.conversations()) == {duo, tea}


def test_people_who_share_a_group_may_write_first_where_that_is_wanted(people: Cast) -> None:
    welcomes(people.bo, "shared")
    cannot(people.cy.starts, people.bo)
    tea = people.dee.starts(people.cy, title="Tea")
    welcomes(people.bo, "anyone")
    people.dee.brings(people.bo, into=tea)
    welcomes(people.bo, "shared")
    people.cy.says("we know each other", to=people.cy.starts(people.bo))
    people.bo.leaves(tea)
    cannot(people.dee.starts, people.bo)


def test_a_group_that_was_deleted_is_no_acquaintance(people: Cast) -> None:
    tea = people.cy.starts(people.bo, title="Tea")
    welcomes(people.bo, "shared")
    people.cy.deletes(tea)
    cannot(people.cy.starts, people.bo)


def test_who_has_put_a_conversation_away_is_written_to_first_again(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    people.cy.says("hello", to=duo)
    people.bo.deletes(duo)
    people.cy.says("back again", to=duo)
    welcomes(people.bo, "nobody")
    people.cy.says("you still have it", to=duo)
    people.bo.deletes(duo)
    cannot(people.cy.says, "and now you have not", to=duo)
    assert people.bo.conversations() == []
    assert people.chat.ask(contacts.may_write, people.bo.id, people.cy.id)
    people.bo.says("I may write", to=people.bo.starts(people.cy))
    people.cy.says("then I may too", to=duo)


def test_muting_refuses_nothing(people: Cast) -> None:
    duo = people.bo.starts(people.cy)
    people.chat.do(contacts.mute, people.bo.id, people.cy.id)
    people.cy.says("hello", to=duo)
    [mine] = people.chat.ask(contacts.mine, people.bo.id)
    assert (mine.user.id, mine.blocked, mine.muted) == (people.cy.id, False, True)
    assert people.chat.ask(contacts.mine, people.cy.id) == ()
    people.chat.do(contacts.unmute, people.bo.id, people.cy.id)
    assert people.chat.ask(contacts.mine, people.bo.id) == ()


def test_muting_and_blocking_know_nothing_of_each_other(people: Cast) -> None:
    people.chat.do(contacts.mute, people.bo.id, people.cy.id)
    blocks(people.bo, people.cy)
    blocks(people.bo, people.cy)
    unblocks(people.bo, people.cy)
    [mine] = people.chat.ask(contacts.mine, people.bo.id)
    assert (mine.blocked, mine.muted) == (False, True)


def test_only_others_who_are_there_are_blocked(people: Cast) -> None:
    refused(Invalid, blocks, people.bo, people.bo)
    for nobody in ("0" * 32, "zz", "", "ü" * 20):
        refused(NotFound, people.chat.do, contacts.block, people.bo.id, nobody)
        refused(NotFound, people.chat.do, contacts.mute, people.bo.id, nobody)
    people.chat.do(accounts.delete, people.cy.id, people.cy.id)
    refused(NotFound, blocks, people.bo, people.cy)
    refused(Invalid, welcomes, people.bo, "friends")


def test_of_a_batch_only_the_posts_before_the_block_are_taken(people: Cast) -> None:
    duo, tea = people.bo.starts(people.cy), people.cy.starts(people.dee, title="Tea")
    outcomes: list[Outcome[Any]] = []
    calls = [
        Call(messages.post, (people.cy.id, duo, "before"), {}, outcomes.append),
        Call(contacts.block, (people.bo.id, people.cy.id), {}, outcomes.append),
        Call(messages.post, (people.cy.id, duo, "after"), {}, outcomes.append),
        Call(messages.post, (people.cy.id, tea, "elsewhere"), {}, outcomes.append),
    ]
    found = people.chat.do(lambda tx: _in_order(tx, calls))
    assert [type(one.error) for one in found] == [type(None), type(None), Forbidden, type(None)]
    assert people.bo.sees(duo) == ["before"]
    assert people.dee.sees(tea) == ["elsewhere"]


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[Chat]:
    chat = Chat(open_engine(database_url))
    yield chat
    chat.close()


def test_a_post_that_comes_while_a_block_is_carried_out_elsewhere_comes_after_it(people: Cast, elsewhere: Chat) -> None:
    duo = people.bo.starts(people.cy)
    block = (contacts.block, people.bo.id, people.cy.id)
    overtaken(block, elsewhere, lambda: refused(Forbidden, people.cy.says, "hello", to=duo))
    assert people.bo.sees(duo) == []


def test_a_conversation_that_begins_while_a_block_is_carried_out_elsewhere_does_not(
    people: Cast, elsewhere: Chat
) -> None:
    block = (contacts.block, people.bo.id, people.cy.id)
    overtaken(block, elsewhere, lambda: refused(Forbidden, people.cy.starts, people.bo))
    group = (contacts.block, people.dee.id, people.cy.id)
    overtaken(group, elsewhere, lambda: refused(Forbidden, people.cy.starts, people.dee, title="Tea"))


def test_a_block_waits_for_the_post_that_came_first(people: Cast, elsewhere: Chat) -> None:
    duo = people.bo.starts(people.cy)
    post = (messages.post, people.cy.id, duo, "just in time")
    overtaken(post, elsewhere, lambda: blocks(people.bo, people.cy))
    cannot(people.cy.says, "too late", to=duo)
    assert people.bo.sees(duo) == ["just in time"]


# --- random blocks, doors, starts, additions and posts, against a model of twenty lines

NAMES = ("ada", "bo", "cy", "dee")
PAIRS = list(permutations(NAMES, 2))
DEEDS = st.one_of(
    st.tuples(st.sampled_from(["block", "unblock", "start", "post", "put away", "gather"]), st.sampled_from(PAIRS)),
    st.tuples(st.just("door"), st.tuples(st.sampled_from(NAMES), st.sampled_from(["anyone", "shared", "nobody"]))),
)


class Model:
    """What should come of it."""

    def __init__(self) -> None:
        self.blocked: set[tuple[str, str]] = set()
        self.doors = dict.fromkeys(NAMES, "anyone")
        self.kept: set[tuple[str, str]] = set()
        self.ours: set[frozenset[str]] = set()
        self.groups: set[frozenset[str]] = set()

    def may(self, one: str, other: str) -> bool:
        if (one, other) in self.blocked or (other, one) in self.blocked:
            return False
        shared = any({one, other} <= group for group in self.groups)
        known = (other, one) in self.kept
        return known or self.doors[other] == "anyone" or (self.doors[other] == "shared" and shared)

    def does(self, deed: str, one: str, other: str) -> bool:
        """Whether it is let through."""
        pair = frozenset((one, other))
        if deed == "door":
            self.doors[one] = other
        elif deed == "block":
            self.blocked.add((one, other))
        elif deed == "unblock":
            self.blocked.discard((one, other))
        elif deed == "put away":
            self.kept.discard((one, other))
            if (other, one) not in self.kept:
                self.ours.discard(pair)
        elif deed == "start":
            if (one, other) not in self.kept and not self.may(one, other):
                return False
            self.kept |= {(one, other)} if pair in self.ours else {(one, other), (other, one)}
            self.ours.add(pair)
        elif not self.may(one, other):
            return False
        elif deed == "post":
            self.kept |= {(one, other), (other, one)}
        else:
            self.groups.add(pair)
        return True


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(DEEDS, min_size=5, max_size=30))
def test_whatever_they_do_only_those_write_who_may(sqlite_engine: Engine, deeds: list[Any]) -> None:
    chat = Chat(sqlite_engine, secret=b"for tests only")
    cast = gather_fresh(chat)
    model, talks = Model(), dict[frozenset[str], str]()
    for deed, (one, other) in deeds:
        if deed in ("post", "put away") and (one, other) not in model.kept:
            continue
        expected = model.does(deed, one, other)
        assert carried_out(cast, talks, deed, one, other) == expected, (deed, one, other)
        if deed != "door":
            assert chat.ask(contacts.may_write, cast[one].id, cast[other].id) == model.may(one, other)
    replays(chat)


_rounds = iter(range(10**6))


def gather_fresh(chat: Chat) -> dict[str, Person]:
    """Four people whom nobody knows yet."""
    turn = next(_rounds)
    made = {}
    for name in NAMES:
        user = chat.do(accounts.register, f"{name}{turn}", f"{name}{turn}@example.org", None)
        made[name] = Person(chat, user.id, name)
    return made


@pytest.fixture(scope="module")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Any) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("model") / "chatsphere.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def carried_out(cast: dict[str, Person], talks: dict[frozenset[str], str], deed: str, one: str, other: str) -> bool:
    """Do it; whether it was let through."""
    me, chat = cast[one], cast[one].chat
    pair = frozenset((one, other))
    try:
        match deed:
            case "door":
                chat.do(accounts.set_first_contact, me.id, other)  # type: ignore[arg-type]
            case "block":
                blocks(me, cast[other])
            case "unblock":
                unblocks(me, cast[other])
            case "start":
                talks[pair] = me.starts(cast[other])
            case "post":
                me.says("hello", to=talks[pair])
            case "put away":
                me.deletes(talks[pair])
            case _:
                chat.do(conversations.start, me.id, [cast[other].id], "Together")
    except Forbidden:
        return False
    return True
