"""Every route of the contract, with places to fill in."""

from __future__ import annotations

from typing import Any

OPEN = (("GET", "/status"), ("POST", "/users"), ("POST", "/sessions"))
OF_PEOPLE = (
    ("GET", "/users"),
    ("GET", "/users/{user}"),
    ("GET", "/users/{user}/image"),
    ("PUT", "/users/{user}"),
    ("PUT", "/users/{user}/upload"),
    ("DELETE", "/users/{user}"),
    ("GET", "/users/conversations/{user}"),
    ("GET", "/sessions"),
    ("DELETE", "/sessions/{session}"),
    ("DELETE", "/sessions/current"),
    ("POST", "/tokens"),
    ("GET", "/tokens"),
    ("DELETE", "/tokens/{token}"),
    ("POST", "/conversations"),
    ("GET", "/conversations/{user}/{other}"),
)
OF_A_CONVERSATION = (
    ("GET", "/conversations/{conversation}"),
    ("PUT", "/conversations/{conversation}"),
    ("PUT", "/conversations/{conversation}/read"),
    ("POST", "/conversations/{conversation}/participants"),
    ("PUT", "/conversations/{conversation}/participants/{user}"),
    ("DELETE", "/conversations/{conversation}/participants/{user}"),
    ("DELETE", "/conversations/{conversation}"),
    ("GET", "/conversations/{conversation}/events"),
    ("GET", "/conversations/{conversation}/messages"),
    ("POST", "/conversations/{conversation}/messages"),
    ("POST", "/conversations/{conversation}/{user}/messages/file"),
    ("GET", "/conversations/{conversation}/messages/{message}"),
    ("DELETE", "/conversations/{conversation}/messages/{message}"),
)
GUARDED = OF_PEOPLE + OF_A_CONVERSATION
ALL = OPEN + GUARDED

# What each route that takes a body would accept, if nothing else were wrong.
GOOD: dict[str, dict[str, Any]] = {
    "/conversations/{conversation}": {"muted": True},
    "/conversations/{conversation}/read": {"seq": 1},
    "/conversations/{conversation}/participants": {"user_ids": []},
    "/conversations/{conversation}/participants/{user}": {"role": "member"},
    "/conversations/{conversation}/messages": {"content": "hello"},
}


def filled(path: str, **places: object) -> str:
    """A path with its places filled in; what is not told is `x`."""
    names = ("user", "other", "session", "token", "conversation", "message")
    return path.format(**{name: places.get(name, "x") for name in names})


def paths() -> list[str]:
    """Every path once."""
    return list(dict.fromkeys(path for _, path in ALL))


def methods(path: str) -> set[str]:
    """What a path answers to."""
    found = {method for method, known in ALL if known == path}
    return found | {"HEAD"} if "GET" in found else found
