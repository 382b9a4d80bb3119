"""The cast: people who do things to a chat, so that a test reads as a scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from chatsphere.core import conversations, edits, lights, log, messages, people, pins, projection, reactions, reading
from chatsphere.core.chat import Chat
from chatsphere.core.errors import Refusal
from chatsphere.core.tables import conversations as conversations_table
from chatsphere.core.values import Conversation, Event, Message, Role, Worded


@dataclass(frozen=True)
class Person:
    """Somebody with an account; conversations are named by id."""

    chat: Chat
    id: str
    name: str

    def starts(self, *others: Person, title: str | None = None) -> str:
        """Start a conversation and return its id."""
        return self.chat.do(conversations.start, self.id, [one.id for one in others], title).conversation.id

    def says(self, content: str, to: str, **more: Any) -> Message:
        """Post and return the message."""
        return self.chat.do(messages.post, self.id, to, content, **more).message

    def takes_back(self, message: Message | int, of: str) -> None:
        """Delete a message."""
        self.chat.do(messages.delete, self.id, of, _number(message))

    def edits(self, message: Message | int, of: str, content: str | None = None, *words: Worded) -> Message:
        """Say a message otherwise."""
        return self.chat.do(edits.edit, self.id, of, _number(message), content, words)

    def looks_back(self, message: Message | int, of: str) -> list[str]:
        """What a message said before."""
        return [one.content for one in self.chat.ask(edits.history, self.id, of, _number(message))]

    def reacts(self, emoji: str, to: Message | int, of: str, on: str | None = None) -> Message:
        """Put an emoji on a message, or on one of its files."""
        return self.chat.do(reactions.react, self.id, of, _number(to), emoji, on)

    def takes_off(self, emoji: str, message: Message | int, of: str, on: str | None = None) -> None:
        """Take an emoji away again."""
        self.chat.do(reactions.unreact, self.id, of, _number(message), emoji, on)

    def pins(self, message: Message | int, of: str) -> Message:
        """Pin a message."""
        return self.chat.do(pins.pin, self.id, of, _number(message))

    def unpins(self, message: Message | int, of: str) -> None:
        """Unpin a message."""
        self.chat.do(pins.unpin, self.id, of, _number(message))

    def sees_pinned(self, conversation: str) -> list[str]:
        """What the pinned messages say, the latest pin first."""
        return [one.message.content for one in self.chat.ask(pins.of, self.id, conversation)]

    def sees(self, conversation: str, **page: Any) -> list[str]:
        """What the messages of a page say; a tombstone says nothing."""
        return [one.content for one in self.reads_page(conversation, **page)]

    def reads_page(self, conversation: str, **page: Any) -> list[Message]:
        """The messages of a page."""
        return list(self.chat.ask(messages.page, self.id, conversation, **page).items)

    def reads(self, conversation: str, seq: int | None = None) -> None:
        """Read up to a number, or everything."""
        self.chat.do(reading.read, self.id, conversation, self.looks_at(conversation).last_seq if seq is None else seq)

    def looks_at(self, conversation: str) -> Conversation:
        """The conversation as this person sees it."""
        return self.chat.ask(conversations.get, self.id, conversation)

    def unread(self, conversation: str) -> int:
        """How many messages wait for this person."""
        mine = self.looks_at(conversation).mine
        assert mine is not None
        return mine.unread_count

    def conversations(self) -> list[str]:
        """The ids of this person's conversations, latest first."""
        return [one.id for one in self.chat.ask(conversations.mine, self.id, 100).items]

    def hears(self, conversation: str, after: int = 0) -> list[Event]:
        """The events after a number."""
        return self.chat.ask(log.since, self.id, conversation, after, 1000)

    def brings(self, *others: Person, into: str) -> None:
        """Add people to a group."""
        self.chat.do(conversations.add, self.id, into, [one.id for one in others])

    def makes(self, other: Person, role: Role, of: str) -> None:
        """Give somebody a role."""
        self.chat.do(conversations.change_role, self.id, of, other.id, role)

    def removes(self, other: Person, of: str) -> None:
        """Have somebody leave."""
        self.chat.do(conversations.remove, self.id, of, other.id)

    def leaves(self, conversation: str) -> None:
        """Go."""
        self.chat.do(conversations.remove, self.id, conversation, self.id)

    def lights(self, conversation: str, hue: int | None) -> None:
        """Choose the hue of a room, or leave it to its pictures."""
        self.chat.do(lights.choose, self.id, conversation, hue)

    def deletes(self, conversation: str) -> None:
        """Delete a conversation."""
        self.chat.do(conversations.delete, self.id, conversation)


def _number(message: Message | int) -> int:
    return message if isinstance(message, int) else message.id


@dataclass(frozen=True)
class Cast:
    """Everybody in the play."""

    chat: Chat
    ada: Person
    bo: Person
    cy: Person
    dee: Person


def gather(chat: Chat) -> Cast:
    """Register the cast; Ada is first and so an administrator."""
    return Cast(chat, *(join(chat, name) for name in ("ada", "bo", "cy", "dee")))


def join(chat: Chat, name: str) -> Person:
    """One more person."""
    user = chat.do(people.register, name, f"{name}@example.org", None, name.capitalize(), email_verified=True)
    return Person(chat, user.id, name)


def replays(chat: Chat) -> None:
    """Fail unless every conversation's tables come out of its log as they are, and its numbers have no gaps."""
    living = select(conversations_table.c.id).where(conversations_table.c.deleted_at.is_(None))
    for conversation_id in chat.ask(lambda db: db.execute(living).scalars().all()):
        before = chat.ask(projection.snapshot, conversation_id)
        entries = chat.ask(log.entries, conversation_id)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        chat.do(projection.rebuild, entries)
        assert chat.ask(projection.snapshot, conversation_id) == before


def refused(kind: type[Refusal], deed: Any, /, *args: Any, **kwargs: Any) -> Refusal:
    """Do what must be refused in this way, and return the refusal."""
    with pytest.raises(kind) as caught:
        deed(*args, **kwargs)
    assert caught.type is kind
    return caught.value
