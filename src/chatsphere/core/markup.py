"""From what people write (Markdown) to HTML that is safe to show: rendered by markdown-it, then sanitised by nh3."""

from __future__ import annotations

import html
import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"} | {
    f"h{n}" for n in range(1, 7)
}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}

# Most messages hold nothing of this, and need neither parser nor sanitiser.
_MARKED = re.compile(
    r"[*_`~\[\]<>&#|\\\"']|://|www\.|@|\.[a-z]{2,}|^\s*(?:[-+=]|\d+[.)])|^(?: {4}|\t)|  $", re.I | re.M
)


def render(content: str) -> str:
    """The HTML of a message; empty for an empty one. It contains no images, styles, ids or scripts."""
    if not content.strip():
        return ""
    return _parsed(content) if _MARKED.search(content) else _plain(content)


def _parsed(content: str) -> str:
    return nh3.clean(
        _markdown().render(content),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener nofollow ugc",
    ).strip()


def _plain(content: str) -> str:
    paragraphs = re.split(r"\n\s*\n", content.strip())
    return "\n".join(
        "<p>" + "<br>\n".join(html.escape(line.strip(), quote=False) for line in paragraph.split("\n")) + "</p>"
        for paragraph in paragraphs
    )


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True, "typographer": False}
    return MarkdownIt("commonmark", options).enable(["strikethrough", "linkify", "table"]).disable(["image"])
