"""The bundled front end that a release carries: which file has become what, and how it leaves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from flask import Response, abort, request, send_file

from chatsphere.http.sources import sources

STATIC = Path(__file__).resolve().parents[1] / "static"
DIST = STATIC / "dist"
FOREVER = "public, max-age=31536000, immutable"
# What a browser understands, best first, and how the twin that it then gets is called.
_TWINS = {"br": ".br", "gzip": ".gz"}
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

log = structlog.get_logger("chatsphere.http")


@dataclass(frozen=True, slots=True)
class Built:
    """What a file of the sources has become, and what else it cannot begin without."""

    file: str
    needs: tuple[str, ...]


@cache
def files() -> dict[str, Built]:
    """Every bundled file by its name in the sources; none in a checkout, nor where these have changed since."""
    try:
        manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if manifest["sources"] != sources(STATIC):
        log.warning("assets.stale", hint="static/dist was built of other sources and is not served: make build")
        return {}
    return {source: Built(found["file"], tuple(found["needs"])) for source, found in manifest["files"].items()}


def serve(name: str) -> Response:
    """One bundled file, as small as this browser understands; kept for ever, for its name says what is in it."""
    if name not in names():
        abort(404)
    path = DIST / name
    encoding = next((one for one in _TWINS if request.accept_encodings[one] > 0 and _twin(path, one).exists()), None)
    response = send_file(_twin(path, encoding) if encoding else path, mimetype=_TYPES[path.suffix], conditional=True)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOREVER
    return response


@cache
def names() -> frozenset[str]:
    """Every bundled file that may be asked for, whichever leads to it."""
    found = (path for path in DIST.rglob("*") if path.suffix in _TYPES) if files() else ()
    return frozenset(path.relative_to(DIST).as_posix() for path in found)


def _twin(path: Path, encoding: str) -> Path:
    return path.with_name(path.name + _TWINS[encoding])
