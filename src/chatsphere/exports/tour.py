"""The way through everything of somebody's: each conversation, page by page, into HTML, JSON and pictures at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from chatsphere import languages
from chatsphere.core import edits, exports, files, messages, people, sessions
from chatsphere.core.errors import NotFound
from chatsphere.core.phrases import phrase
from chatsphere.core.values import Attachment, Conversation, Former, Message, User
from chatsphere.exports import words
from chatsphere.exports.bundle import Bundle
from chatsphere.exports.lines import Line, lines
from chatsphere.exports.pace import Pace
from chatsphere.exports.pages import Index, Page, Row, Spoken, look
from chatsphere.languages import SOURCE

if TYPE_CHECKING:
    from chatsphere.house import House

AT_ONCE = 500
"""Messages that are read with one question."""
PAGE = 2000
"""Messages on one page of HTML."""
_PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "image/avif": "avif"}
# What opens from a folder must not run there: any other ending is followed by one that nothing opens.
_QUIET = frozenset(
    ("txt", "csv", "md", "pdf", "zip", "gz", "tar", "7z", "mp3", "m4a", "ogg", "opus", "wav", "flac", "mp4", "m4v")
).union(("webm", "mov", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "ics", "vcf", "heic"))


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation on its way: its number in the export is its pages' name."""

    number: int
    conversation: Conversation
    title: str
    hue: int
    starts: list[int] = field(default_factory=list)
    """The first message of each page so far."""

    def place(self, message_id: int) -> str:
        """Where a message that was written already stands, as seen from another page."""
        page = self.page(max(1, bisect_right(self.starts, message_id)))
        return f"{PurePosixPath(page).name}#m{message_id}"

    def page(self, number: int) -> str:
        """The path of one of its pages, from 1 on."""
        slug = re.sub(r"[^a-z0-9]+", "-", self.title.lower())[:40].strip("-")
        name = f"{self.number:04}{'-' if slug else ''}{slug}"
        return f"conversations/{name}{'' if number == 1 else f'.{number}'}.html"


class Tour:
    """One export of one person."""

    def __init__(self, house: House, me: str, bundle: Bundle, pace: Pace) -> None:
        self.house, self.me, self.bundle, self.pace = house, me, bundle, pace
        self.met: dict[str, User] = {}
        self.language = SOURCE

    def write(self) -> None:
        """All of it."""
        self.pace.beat()
        now, user = self.house.chat.clock(), self.house.chat.ask(people.find, self.me, self.me)
        self.met[self.me] = user
        self.language = user.language or SOURCE
        for name, piece in look():
            self.bundle.add(name, [piece])
        image = self._portrait()
        draft = self.bundle.draft("data.json")
        data = words.Words(draft, now)
        self._account(data, user, image)
        data.begin("conversations")
        rows = [self._room(room, data) for room in self._rooms()]
        data.end("conversations")
        data.add("people", [words.person(one) for one in self.met.values()])
        data.end()
        self.bundle.take(draft, "data.json")
        self._index(user, image, rows, now)

    def _account(self, data: words.Words, user: User, image: str | None) -> None:
        ask = self.house.chat.ask
        data.add("account", words.account(user, image))
        data.add("sessions", [words.session(one) for one in ask(sessions.mine, self.me)])
        data.add("tokens", [words.session(one) for one in ask(sessions.mine, self.me, "token")])
        for name, found in ask(exports.belongings, self.me).items():
            data.add(name, words.belongings(found))

    def _index(self, user: User, image: str | None, rows: list[Row], now: datetime) -> None:
        latest_first = sorted(rows, key=lambda row: row.at, reverse=True)
        self.bundle.add("index.html", [Index(user, image, latest_first, now, self.language).html().encode()])

    def _portrait(self) -> str | None:
        blob = self.house.chat.ask(files.portrait, self.me, self.me)
        return None if blob is None else self._copied("me", blob.content_type, blob.name, blob.key)

    # --- conversations

    def _rooms(self) -> Iterator[Room]:
        after, number = "", 0
        while found := self.house.chat.ask(exports.places, self.me, after):
            for one in found:
                number += 1
                yield Room(number, one, *self._called(one))
            after = found[-1].id

    def _called(self, one: Conversation) -> tuple[str, int]:
        self.met.update((each.user.id, each.user) for each in one.participants)
        other = next((each.user for each in one.participants if each.user.id != self.me), None)
        if one.kind == "direct" and other is not None:
            return other.display_name, other.hue
        return one.title or languages.spoken(self.language, phrase("Conversation")), one.hue

    def _room(self, room: Room, data: words.Words) -> Row:
        data.open(words.conversation(room.conversation, room.page(1)))
        count = 0
        page = self._begun(room, 1)
        for line in lines(self._messages(room.conversation.id)):
            if count and count % PAGE == 0:
                page = self._turned(room, page)
            if count % PAGE == 0:
                room.starts.append(line.message.id)
            paths = self._files(room.conversation.id, line.message.attachments)
            data.message(words.message(line.message, paths, self._former(line.message)))
            page.say(self._spoken(room, line, paths))
            self.pace.said()
            count += 1
        data.close()
        page.finish(None)
        self.bundle.take(page.file, page.path)
        return Row(
            room.title, room.page(1), room.hue, room.conversation.kind, count, room.conversation.last_activity_at
        )

    def _begun(self, room: Room, number: int) -> Page:
        path = room.page(number)
        names = [each.user.display_name for each in room.conversation.participants]
        earlier = room.page(number - 1) if number > 1 else None
        return Page(self.bundle.draft(path), path, room.title, room.hue, names, number, earlier, self.language)

    def _turned(self, room: Room, page: Page) -> Page:
        page.finish(room.page(page.number + 1))
        self.bundle.take(page.file, page.path)
        return self._begun(room, page.number + 1)

    def _messages(self, conversation_id: str) -> Iterator[Message]:
        after: int | None = 0
        while after is not None:
            try:
                found = self.house.chat.ask(messages.page, self.me, conversation_id, after=after, limit=AT_ONCE)
            except NotFound:
                return  # they have left, or deleted it, since
            self._meet({one.sender_id for one in found.items})
            yield from found.items
            after = None if found.next is None else int(found.next)

    def _former(self, message: Message) -> list[Former]:
        if message.edited_at is None:
            return []
        try:
            return self.house.chat.ask(edits.history, self.me, message.conversation_id, message.id)
        except NotFound:
            return []

    def _meet(self, user_ids: Iterable[str]) -> None:
        """Whoever said something and is not there any more has a name too."""
        if new := [one for one in user_ids if one not in self.met]:
            self.met.update(self.house.chat.ask(exports.people, self.me, new))

    def _spoken(self, room: Room, line: Line, paths: dict[str, str]) -> Spoken:
        sender, answered = self.met[line.message.sender_id], None
        if line.message.reply_to is not None:
            answered = self._answered(room.conversation.id, line.message.reply_to)
        at = room.place(answered.id) if answered else ""
        who = self._who(answered) if answered else None
        return Spoken(line, sender, sender.id == self.me, paths, answered, who, at, self.language)

    def _answered(self, conversation_id: str, number: int) -> Message | None:
        try:
            return self.house.chat.ask(messages.get, self.me, conversation_id, number)
        except NotFound:
            return None

    def _who(self, message: Message) -> User:
        self._meet([message.sender_id])
        return self.met[message.sender_id]

    # --- files

    def _files(self, conversation_id: str, attached: Iterable[Attachment]) -> dict[str, str]:
        paths = {}
        for one in attached:
            try:
                blob = self.house.chat.ask(files.readable, self.me, conversation_id, one.id)
            except NotFound:
                continue  # taken back since the page was read
            if path := self._copied(one.id, one.content_type, one.name, blob.key):
                paths[one.id] = path
            self.pace.copied()
        return paths

    def _copied(self, name: str, content_type: str, called: str, key: str) -> str | None:
        path = f"pictures/{name}.{_ending(content_type, called)}"
        try:
            pieces = self.house.storage.read(key)
        except FileNotFoundError:
            return None  # taken back, and swept away, since
        self.bundle.add(path, self._beating(pieces), packed=False)
        return path

    def _beating(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.pace.beat()
            yield piece


def _ending(content_type: str, name: str) -> str:
    if content_type in _PICTURES:
        return _PICTURES[content_type]
    own = re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower())[:8] if "." in name else ""
    return own if own in _QUIET else f"{own}.bin" if own else "bin"
