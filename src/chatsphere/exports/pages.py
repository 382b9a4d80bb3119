"""The export's pages: ChatSphere's own look, from files that lie beside them, with no script and no server."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chatsphere import languages
from chatsphere.core.phrases import phrase
from chatsphere.core.values import Attachment, Message, User
from chatsphere.exports.lines import Line
from chatsphere.outside.sphere import initials
from chatsphere.spoken import teach

STATIC = Path(__file__).resolve().parents[1] / "static"
LOOK = "look/chatsphere.css"
_SHEETS = (
    *(("reset", "reset"), ("tokens", "tokens"), ("fonts", "base"), ("base", "base")),
    *((name, "components") for name in ("rail", "sphere", "log", "message", "picture", "file", "quote")),
    *(("export", "pages"), ("utilities", "utilities")),
)
_FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')
# Markdown's marks, where only a line is shown.
_NOISE = re.compile(r"```\w*\n?|[*_~`]{1,3}(?=\S)|(?<=\S)[*_~`]{1,3}|^\s*[>#]+\s*", re.MULTILINE)
_AT_ONCE = 200
_GIST = 160


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation in the list of them."""

    title: str
    path: str
    hue: int
    kind: str
    count: int
    at: datetime

    @property
    def initials(self) -> str:
        """What stands on its sphere."""
        return initials(self.title)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line with what is known around it: the paths of its files by id, and what it answers to, by whom and where."""

    line: Line
    sender: User
    own: bool
    paths: Mapping[str, str]
    answered: Message | None
    answered_who: User | None
    answered_at: str
    language: str

    @property
    def message(self) -> Message:
        """What was said."""
        return self.line.message

    @property
    def initial(self) -> str:
        """What stands on the sender's sphere."""
        return initials(self.sender.display_name)[:1]

    @property
    def html(self) -> Markup:
        """The words, as the server rendered and sanitised them."""
        return Markup(self.message.html)  # noqa: S704 - markup.render made it  # nosec B704

    @property
    def pictures(self) -> list[Attachment]:
        """Those of its files that are pictures and in the zip."""
        return [one for one in self.message.attachments if one.kind == "image" and one.id in self.paths]

    @property
    def others(self) -> list[Attachment]:
        """Those that are not."""
        return [one for one in self.message.attachments if one not in self.pictures]

    @property
    def gist(self) -> str:
        """What it answers to, in a line."""
        return "" if self.answered is None else gist(self.answered, self.language)


def gist(message: Message, language: str) -> str:
    """A message in a line."""
    if message.deleted_at:
        return languages.spoken(language, phrase("Message deleted"))
    plain = " ".join(_NOISE.sub("", message.content).split())
    if plain:
        return plain[:_GIST]
    if len(message.attachments) == 1:
        return languages.spoken(language, phrase("Picture"))
    return languages.plural(language, "%(num)s picture or file", "%(num)s pictures and files", len(message.attachments))


@dataclass
class Page:
    """A page of a conversation, written while its messages come."""

    file: TextIO
    path: str
    title: str
    hue: int
    names: Sequence[str]
    number: int
    earlier: str | None
    language: str
    _waiting: list[Spoken] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._write("top", title=self.title, names=self.names, number=self.number)

    def say(self, spoken: Spoken) -> None:
        """One more message."""
        self._waiting.append(spoken)
        if len(self._waiting) == _AT_ONCE:
            self._flush()

    def finish(self, later: str | None) -> None:
        """That is all of this page; `later` is the next one's path."""
        self._flush()
        self._write("end", later=later)

    def _flush(self) -> None:
        self._write("lines", spoken=self._waiting)
        self._waiting.clear()

    def _write(self, template: str, **known: Any) -> None:
        html = (
            _templates(self.language)
            .get_template(f"export/{template}.html")
            .render(root="../", hue=self.hue, earlier=self.earlier, beside=_beside, **known)
        )
        self.file.write(html)


@dataclass(frozen=True)
class Index:
    """The first page: whose it is, and the way to everything."""

    user: User
    image: str | None
    rows: Sequence[Row]
    made_at: datetime
    language: str

    def html(self) -> str:
        """The page."""
        known = {"user": self.user, "image": self.image, "rows": self.rows, "made_at": self.made_at}
        count = sum(row.count for row in self.rows)
        initial = initials(self.user.display_name)[:1]
        page = _templates(self.language).get_template("export/index.html")
        return page.render(root="", hue=self.user.hue, count=count, initial=initial, **known)


def look() -> Iterator[tuple[str, bytes]]:
    """The one style sheet, with the fonts in it: browsers do not let a file have fonts from other files."""
    order = "@layer reset, tokens, base, layout, components, pages, utilities;\n"
    sheets = [f"@layer {layer} {{\n{_sheet(name)}\n}}\n" for name, layer in _SHEETS]
    yield LOOK, (order + "".join(sheets)).encode()


def _sheet(name: str) -> str:
    text = (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")
    return _FONT.sub(lambda found: f'url("data:font/woff2;base64,{_base64(found[1])}")', text)


def _base64(path: str) -> str:
    return base64.b64encode((STATIC / path).read_bytes()).decode()


def _beside(path: str) -> str:
    """A page of a conversation as another one refers to it."""
    return PurePosixPath(path).name


@lru_cache(maxsize=8)
def _templates(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("chatsphere", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    teach(environment, lambda: language)
    environment.globals["look"] = LOOK
    return environment
