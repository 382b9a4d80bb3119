"""Passwords: Argon2id, at most two at a time in a process, so that signing in cannot be the denial of service."""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chatsphere.core.errors import Invalid
from chatsphere.core.phrases import phrase

SHORTEST, LONGEST = 10, 1024

_hasher = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
_at_once = threading.BoundedSemaphore(2)


def check(password: str) -> None:
    """Refuse what is too short, too long to hash, or among the first that anybody would try."""
    if wrong := fault(password):
        raise Invalid.field("password", wrong)


def fault(password: str) -> str | None:
    """What is wrong with a password that somebody wants to have."""
    if len(password) < SHORTEST:
        return phrase("Use at least {least} characters.", least=SHORTEST)
    if len(password) > LONGEST:
        return phrase("Use at most {most} characters.", most=LONGEST)
    if password.casefold() in _common():
        return phrase("Too many people use this password. Please choose another one.")
    return None


def hash(password: str) -> str:
    """The hash to keep; takes some 30 ms, so never in the writer's thread."""
    with _at_once:
        return _hasher.hash(password.encode("utf-8", "surrogatepass"))


def verify(hashed: str | None, password: str) -> bool:
    """Whether it is this password. Without a hash it takes the same time and says no."""
    if len(password) > LONGEST:
        return False
    try:
        with _at_once:
            _hasher.verify(hashed or _nobody(), password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def needs_rehash(hashed: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(hashed)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    text = files("chatsphere.core").joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
