"""How what is remembered is carried from one process to another; one that remembers it by itself needs none of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Carried(Generic[T]):
    """A kind of value that may be remembered, which never changes once it is made; as bytes and back."""

    pack: Callable[[T], bytes]
    unpack: Callable[[bytes], T]


def as_json(kind: type[T]) -> Carried[T]:
    """Values of this kind, as JSON."""
    adapter = TypeAdapter(kind)
    return Carried(adapter.dump_json, adapter.validate_json)


TEXT: Carried[str] = Carried(str.encode, bytes.decode)
"""Text, as it is."""
