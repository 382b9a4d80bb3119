"""What fields may hold: one type for each word of the contract, used wherever that word is taken in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from chatsphere.core import people
from chatsphere.core.errors import Invalid, NotFound

_DIGITS = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_MOST = 2**63 - 1

# For fields that may be left out but not be null: what the view sees then is None.
ABSENT: Any = None


def _digits(value: object) -> object:
    """Numbers in addresses and forms are text; only plain decimal digits are numbers."""
    if isinstance(value, str):
        if not _DIGITS.fullmatch(value):
            raise ValueError("must be a whole number")
        return int(value)
    return value


def visible(text: str) -> str:
    """Text of one line that can be seen."""
    if not text.strip():
        raise ValueError("must be more than white space")
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in text):
        raise ValueError("must not contain control characters")
    return text


def _allowed(name: str) -> AfterValidator:
    """What the core says of such a name, address or password, said with all other faults of the body."""

    def check(value: str) -> str:
        if wrong := people.fault(name, value):
            raise ValueError(wrong)
        return value

    return AfterValidator(check)


Id = Annotated[str, Field(min_length=1, max_length=36)]
Number = Annotated[int, BeforeValidator(_digits), Field(ge=0, le=_MOST)]
Limit = Annotated[int, BeforeValidator(_digits), Field(ge=1, le=100, description="How many at once: 1 to 100.")]
Seq = Annotated[int, Field(ge=0, le=_MOST)]
UserName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{2,32}$")]
DisplayName = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(visible)]
Title = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(visible)]
Email = Annotated[
    str,
    Field(min_length=3, max_length=254),
    _allowed("email"),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Password = Annotated[
    str,
    Field(min_length=10, max_length=1024),
    _allowed("password"),
    WithJsonSchema({"type": "string", "format": "password", "minLength": 10, "maxLength": 1024}),
]
GivenPassword = Annotated[
    str, Field(max_length=1024), WithJsonSchema({"type": "string", "format": "password", "maxLength": 1024})
]
Content = Annotated[str, Field(max_length=8000)]
ClientId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.~-]{1,64}$")]
Alt = Annotated[str, Field(max_length=1000)]
Caption = Alt


def message_number(text: str) -> int:
    """A message's number from an address; what is none names no message."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise NotFound
    return int(text)


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


H = TypeVar("H", bound=HasId)


def paged(items: Sequence[H], limit: int, after: str | None) -> tuple[Sequence[H], dict[str, str] | None]:
    """A page of a list that is short enough to have been read whole, and where the next one begins."""
    places = [item.id for item in items]
    if after is not None and after not in places:
        raise Invalid.field("after", "is not a place in the list")
    start = places.index(after) + 1 if after else 0
    page = items[start : start + limit]
    return page, {"after": page[-1].id} if start + limit < len(items) else None
