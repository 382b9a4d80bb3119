"""Code in colours: which letters of it are a keyword, a string, a comment.

Only in languages whose patterns are known to be quick; how much of it the caller decides."""

from __future__ import annotations

import html
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, String, Token, _TokenType

_LANGUAGES = {
    "python": ("py",),
    # The patterns of TypeScript itself, and of the family of C and Java, take seconds for some short messages.
    "javascript": ("js", "typescript", "ts"),
    "json": (),
    "bash": ("sh", "shell", "console"),
    "html": (),
    "xml": ("svg",),
    "css": (),
    "sql": (),
    "rust": ("rs",),
    "go": ("golang",),
    "yaml": ("yml",),
    "toml": (),
    "diff": ("patch",),
}
_KNOWN = {name: language for language, others in _LANGUAGES.items() for name in (language, *others)}
_KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "hl-c"),
    (String, "hl-s"),
    (Number, "hl-n"),
    (Keyword, "hl-k"),
    (Name.Function, "hl-f"),
    (Name.Class, "hl-f"),
    (Name.Builtin, "hl-f"),
    (Name.Tag, "hl-k"),
    (Name.Attribute, "hl-f"),
    (Name.Decorator, "hl-f"),
    (Token.Generic.Inserted, "hl-s"),
    (Token.Generic.Deleted, "hl-d"),
    (Token.Generic.Heading, "hl-c"),
    (Token.Generic.Subheading, "hl-c"),
)
CLASSES = frozenset(name for _, name in _KINDS)
"""What a coloured piece can be called."""


def coloured(code: str, language: str, _attributes: str = "") -> str:
    """The HTML of code in a language; empty where it is not known, so that the code stays as it is."""
    known = _KNOWN.get(language.lower())
    if known is None:
        return ""
    pieces: list[tuple[str, str]] = []
    for kind, text in _lexer(known).get_tokens(code):
        name = _name(kind)
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + text)
        else:
            pieces.append((name, text))
    return "".join(
        f'<span class="{name}">{html.escape(text)}</span>' if name else html.escape(text) for name, text in pieces
    )


@lru_cache(maxsize=len(_LANGUAGES))
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False)


@lru_cache(maxsize=512)
def _name(kind: _TokenType) -> str:
    return next((name for of, name in _KINDS if kind in of), "")
