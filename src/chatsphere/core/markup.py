"""From what people write (Markdown) to HTML that is safe to show: rendered by markdown-it, then sanitised by nh3."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from chatsphere.core.colouring import CLASSES, coloured

_TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"} | {
    f"h{n}" for n in range(1, 7)
}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td", "span"}
_CLASSES = {"span": {"spoiler", *CLASSES}}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"(?:https?://|mailto:)", re.I)

# Most messages hold nothing of this, and need neither parser nor sanitiser. Each looks for a few characters first: in
# one expression all of them would be tried at each letter.
_SIGNS = re.compile(r"[*_`~\[\]<>&#|\\\"'@]")
_PLACES = re.compile(r"\.(?:[a-z]{2}|(?<=www\.))|://", re.I)
_FIRST_LINE = re.compile(r"\s*(?:[-+=]|\d+[.)])| {4}| {,3}\t")
# Not over line ends: each of some thousand in a row would be begun at, and gone through to their end.
_OTHER_LINES = re.compile(r"\n(?:[^\S\n]*(?:[-+=]|\d+[.)])| {4}| {,3}\t)|  \n")

# Rows need not write their empty cells, so that a few thousand characters could ask for a hundred thousand of them.
_MOST_CELLS = 6_000
# Patterns that colour code go over some pieces of it again for each letter.
_MOST_COLOURED = 3_000
# The parser looks for each of these in all that stands before it.
_MOST_SCHEMES = 100


def render(content: str) -> str:
    """The HTML of a message; empty for an empty one. It contains no images, styles, ids or scripts."""
    if not content.strip():
        return ""
    return _parsed(content) if _marked(content) else _plain(content)


def _marked(content: str) -> bool:
    if _SIGNS.search(content) or _PLACES.search(content) or _FIRST_LINE.match(content) or content.endswith("  "):
        return True
    return "\n" in content and _OTHER_LINES.search(content) is not None


def _parsed(content: str) -> str:
    return nh3.clean(
        _markdown(
            linkify=content.count("://") <= _MOST_SCHEMES,
            tables=_cells(content) <= _MOST_CELLS,
            colours=len(content) <= _MOST_COLOURED,
        ).render(content),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow ugc",
    ).strip()


def _plain(content: str) -> str:
    said = html.escape(content.strip(), quote=False)
    if "\n" not in said:
        return f"<p>{said}</p>"
    paragraphs = [map(str.strip, paragraph.split("\n")) for paragraph in _PARAGRAPHS.split(said)]
    return "\n".join("<p>" + "<br>\n".join(lines) + "</p>" for lines in paragraphs)


_PARAGRAPHS = re.compile(r"\n\s*\n")


def _cells(content: str) -> int:
    """How many cells a table in it could have at most."""
    lines = content.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        # A path would lead to wherever the reader happens to be, and look like a button of ours.
        return _LINK.match(url) is not None and super().validateLink(url)


@lru_cache(maxsize=8)
def _markdown(*, linkify: bool, tables: bool, colours: bool) -> MarkdownIt:
    options = {"html": False, "linkify": linkify, "breaks": True, "typographer": False}
    rules = ["strikethrough", "linkify", *(["table"] if tables else [])]
    markdown = _Markdown("commonmark", options).enable(rules).disable(["image"])
    if colours:
        markdown.options["highlight"] = coloured
    markdown.inline.add_terminator_char("|")
    markdown.inline.ruler.after("escape", "spoiler", _spoiler)
    return markdown


def _spoiler(state: StateInline, silent: bool) -> bool:
    """`||what is not to be seen at once||`, with nothing blank at its ends: `a || b || c` is none."""
    start = state.pos + 2
    if not state.src.startswith("||", state.pos):
        return False
    end = state.src.find("||", start, state.posMax)
    inner = state.src[start:end] if end > start else ""
    if not inner or inner != inner.strip():
        return False
    if not silent:
        state.push("spoiler_open", "span", 1).attrs = {"class": "spoiler"}
        most, state.pos, state.posMax = state.posMax, start, end
        state.md.inline.tokenize(state)
        state.posMax = most
        state.push("spoiler_close", "span", -1)
    state.pos = end + 2
    return True
