"""Settings as administrators may see them: each with its source; no secret, and no account in an address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pydantic.fields import FieldInfo

from chatsphere.settings import PREFIX, Settings, Source

_HARMLESS = ("region", "endpoint")


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A setting by its name in the environment; `value` in words, of a secret only whether it is set."""

    name: str
    value: str
    source: Source
    help: str


def disclose(settings: Settings) -> Iterator[Disclosed]:
    """Every setting, in the order of the documents."""
    for field, info in Settings.model_fields.items():
        words = _words(field, info, getattr(settings, field))
        yield Disclosed(f"{PREFIX}{field.upper()}", words, settings.source(field), info.description or "")


def _words(field: str, info: FieldInfo, value: object) -> str:
    if value is None or value in ("", ()):
        return "not set"
    if not info.repr:
        return _bare(str(value)) if field.endswith("_url") else "set"
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _bare(url: str) -> str:
    """An address without who signs in there, and without what a query may hide a password in."""
    scheme, _, rest = url.partition("://")
    place, _, query = rest.partition("?")
    host, slash, path = place.partition("/")
    user, _, host = host.rpartition("@")
    kept = [(name, _bare(value) if "://" in value else value) for name, value in parse_qsl(query) if name in _HARMLESS]
    said = "?" + "&".join(f"{name}={value}" for name, value in kept) if kept else ""
    return f"{scheme}://{'…@' if user else ''}{host}{slash}{path}{said}"
