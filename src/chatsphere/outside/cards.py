"""What a page says of itself in its head. It may be hostile: each pattern passes over it once, with bounds."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_LONGEST_HEAD = 512 * 1024
_MOST_TAGS = 400
_END = re.compile(r"</head\b|<body\b", re.I)
_TITLE = re.compile(r"<title\b[^<>]{0,400}>([^<]{0,2000})", re.I)
# Each try goes at most so far, and there are at most so many: what a page opens and never closes costs little.
_META = re.compile(r"""<meta\b((?>[^<>"']{1,400}|"[^"]{0,4000}"|'[^']{0,4000}'){0,60})""", re.I)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]{1,40}+)\s{0,20}+=\s{0,20}+("[^"]*"|'[^']*'|[^\s"'<>=]{1,2000})""")
_CHARSETS = re.compile(
    r"utf-?8|iso-?8859-\d{1,2}|windows-125\d|us-ascii|shift[_-]jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5|koi8-[ru]",
    re.I,
)
_DECLARED = re.compile(rb"""<meta\b[^<>]{0,400}?charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.I)
LONGEST_TITLE, LONGEST_DESCRIPTION = 200, 300


@dataclass(frozen=True, slots=True)
class Said:
    """What a page calls itself, what it says it is about, and where it says a picture of it is; all may be empty."""

    title: str
    description: str
    image: str


def read(body: bytes, charset: str | None) -> Said:
    """What stands in the head of a page, by Open Graph, else by its usual elements."""
    page = _text(body[:_LONGEST_HEAD], charset)
    end = _END.search(page)
    head = page[: end.start()] if end else page
    known = _metas(head)
    titled = _TITLE.search(head)
    title = known.get("og:title") or known.get("twitter:title") or (titled[1] if titled else "")
    description = known.get("og:description") or known.get("twitter:description") or known.get("description", "")
    image = known.get("og:image:secure_url") or known.get("og:image") or known.get("twitter:image", "")
    return Said(line(title, LONGEST_TITLE), line(description, LONGEST_DESCRIPTION), html.unescape(image).strip())


def _text(body: bytes, charset: str | None) -> str:
    declared = _DECLARED.search(body[:4096])
    named = charset or (declared[1].decode("ascii") if declared else "utf-8")
    # Python knows codecs that are none for text, and some that are slow.
    return body.decode(named if _CHARSETS.fullmatch(named) else "utf-8", "replace")


def _metas(head: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for number, tag in enumerate(_META.finditer(head)):
        if number == _MOST_TAGS:
            break
        said = {name.lower(): _bare(value) for name, value in _ATTRIBUTE.findall(tag[1])}
        name = (said.get("property") or said.get("name") or "").lower()
        if name and said.get("content"):
            known.setdefault(name, said["content"])
    return known


def _bare(value: str) -> str:
    return value[1:-1] if value[0] in "\"'" else value


def line(words: str, most: int) -> str:
    """One line of plain text: no markup, nothing that is not seen, none that turns others' direction."""
    shown = html.unescape(words)
    spaced = "".join(" " if unicodedata.category(one)[0] in "CZ" and one != "\u200d" else one for one in shown)
    short = " ".join(spaced.split())
    return short if len(short) <= most else short[: most - 1].rstrip() + "…"
