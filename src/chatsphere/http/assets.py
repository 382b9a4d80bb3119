"""Static files under names that carry their content's fingerprint, so that a browser may keep them for ever.

A checkout serves its sources as they are; where a release has been built, its bundled files stand in for them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from flask import Blueprint, Flask, Response, abort, request, send_file, url_for
from markupsafe import Markup

from chatsphere.http import release
from chatsphere.http.release import FOREVER, STATIC
from chatsphere.http.words import language

_FINGERPRINTED = re.compile(r"^(?P<stem>.+)\.(?P<print>[0-9a-f]{12})(?P<suffix>\.[a-z0-9]+)$")
_IMPORTED = re.compile(r'@import "(?P<path>[^"]+)" layer\((?P<layer>\w+)\);')
# An import at a line's start, as our formatter writes them; `import(…)`, by need, is none.
_NEEDED = re.compile(r'^(?:import|export)\b[^"();=]*"(?P<name>[^"]+)";', re.MULTILINE)
_REFERRED = re.compile(r'url\("(?P<path>\.\./[^"#]+)"\)')
_TYPES = {".woff2": "font/woff2", ".avif": "image/avif"}
_TEXT = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}
# What a module is called by in an import that is no path.
_BARE = {"jquery": "vendor/jquery.js"}
# One module for each language, of which a page has that of its reader.
_WORDS = "js/words/"

WORKER = "js/worker.js"
# What a browser keeps in order to show the app without a network, beside its scripts.
_SHELL = ("fonts/figtree-latin.woff2", "img/icons.svg", "img/mark.svg", "img/mark-unread.svg")
_SHELL_SHEETS = ("css/app.css", "css/late.css", "css/page.css")
_NO_SHELL = re.compile(r"(?:css/docs|css/front|latin-ext|js/worker)-\w+\.\w+$")

assets = Blueprint("assets", __name__)
_known: dict[str, tuple[object, str]] = {}


def install(app: Flask) -> None:
    """Serve /static and give the templates `asset()`, `import_map()` and `modules()`."""
    app.register_blueprint(assets)
    app.jinja_env.globals.update(asset=asset, import_map=import_map, modules=modules)


def asset(path: str) -> str:
    """The address of a static file, with its fingerprint."""
    if built := release.files().get(path):
        return url_for("assets.static", path=f"dist/{built.file}")
    name = PurePosixPath(path)
    return url_for("assets.static", path=f"{name.with_suffix('')}.{_fingerprint(path)}{name.suffix}")


def import_map() -> Markup:
    """The import map: relative imports keep their plain names in the source and find the fingerprinted file."""
    imports = {"#words": asset(_words())} | ({} if release.files() else _modules())
    return Markup(json.dumps({"imports": imports}).replace("<", "\\u003c"))  # noqa: S704 - our own file names  # nosec B704


def modules(path: str) -> list[str]:
    """Addresses of everything that this module cannot begin without, for modulepreload."""
    if built := release.files().get(path):
        needed = [url_for("assets.static", path=f"dist/{name}") for name in built.needs]
    else:
        needed = [asset(one) for one in _needs(path, {}) if one != path]
    return [*needed, asset(_words())]


def shell() -> list[str]:
    """Addresses of everything that the app and an offline page are made of, whatever the language."""
    bundled = [f"dist/{name}" for name in sorted(release.names()) if not _NO_SHELL.search(name)]
    paths = [*_SHELL, *([] if bundled else (*_scripts(), *_SHELL_SHEETS))]
    addresses = [asset(path) for path in paths if path != WORKER]
    return [*dict.fromkeys([*addresses, *(url_for("assets.static", path=path) for path in bundled)])]


def version() -> str:
    """Which release this is, as far as browsers keep something of it."""
    return hashlib.sha256("".join([*shell(), asset(WORKER)]).encode()).hexdigest()[:12]


def script(path: str) -> str:
    """What is in a script of ours."""
    built = release.files().get(path)
    return _read(f"dist/{built.file}" if built else path)


def _words() -> str:
    return f"{_WORDS}{language()}.js"


def _modules() -> dict[str, str]:
    plain = {url_for("assets.static", path=path): asset(path) for path in _scripts() if not path.startswith(_WORDS)}
    return plain | {name: asset(path) for name, path in _BARE.items()}


def _needs(path: str, found: dict[str, None]) -> dict[str, None]:
    """This module and all that it imports at once, in that order."""
    if path not in found:
        found[path] = None
        for needed in _imported_by(path, _stamp(path)):
            _needs(needed, found)
    return found


@lru_cache(maxsize=512)
def _imported_by(path: str, _stamp: object) -> tuple[str, ...]:
    here = (STATIC / path).parent
    names = [match["name"] for match in _NEEDED.finditer(_read(path)) if not match["name"].startswith("#")]
    return tuple(_BARE.get(name) or (here / name).resolve().relative_to(STATIC).as_posix() for name in names)


@assets.get("/static/<path:path>", endpoint="static")
def serve(path: str) -> Response:
    """One static file: kept for ever under its fingerprinted name, asked for again under its plain one."""
    if path.startswith("dist/"):
        return release.serve(path.removeprefix("dist/"))
    found = _FINGERPRINTED.match(path)
    plain = found["stem"] + found["suffix"] if found else path
    file = _file(plain)
    if file is None:
        abort(404)
    response = _contents(plain, file)
    current = bool(found) and found["print"] == _fingerprint(plain) if found else False
    response.headers["Cache-Control"] = FOREVER if current else "no-cache"
    return response


def _file(path: str) -> Path | None:
    """The file of this name, if it is one of ours."""
    try:
        file = (STATIC / path).resolve()
        return file if file.is_relative_to(STATIC) and file.is_file() else None
    except (ValueError, OSError):
        # No file system has such a name: a zero byte, or longer than names are.
        return None


def _contents(path: str, file: Path) -> Response:
    if file.suffix not in _TEXT:
        return send_file(file, mimetype=_TYPES.get(file.suffix), conditional=True, etag=_fingerprint(path))
    small = request.accept_encodings["gzip"] > 0
    mark = _fingerprint(path)
    response = Response(_text(path, mark, small), mimetype=_TEXT[file.suffix])
    response.set_etag(f"{mark}-gzip" if small else mark)
    response.headers["Vary"] = "Accept-Encoding"
    if small:
        response.headers["Content-Encoding"] = "gzip"
    response.make_conditional(request)
    return response


@lru_cache(maxsize=256)
def _text(path: str, _mark: str, small: bool) -> bytes:
    """What is text, compressed once for as long as its fingerprint holds."""
    text = (_stylesheet(path) if path.endswith(".css") else _read(path)).encode()
    return gzip.compress(text, mtime=0) if small else text


def _stylesheet(path: str) -> str:
    """A stylesheet with what it imports put in its place and what it refers to by fingerprint: one request for all."""
    folder = PurePosixPath(path).parent

    def imported(match: re.Match[str]) -> str:
        return f"@layer {match['layer']} {{\n{_read(str(folder / match['path']))}\n}}"

    def referred(match: re.Match[str]) -> str:
        return f'url("{asset(match["path"].removeprefix("../"))}")'

    return _REFERRED.sub(referred, _IMPORTED.sub(imported, _read(path)))


def _fingerprint(path: str) -> str:
    stamp = _stamp(path)
    known = _known.get(path)
    if known is None or known[0] != stamp:
        known = _known[path] = (stamp, _digest(path))
    return known[1]


def _stamp(path: str) -> Any:
    """Whether a file has changed is asked of the file system each time: in a checkout one edits and reloads."""
    files = [STATIC / path] if not path.endswith(".css") else sorted((STATIC / path).parent.glob("*.css"))
    try:
        return tuple((file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    except FileNotFoundError:
        raise LookupError(f"there is no static file {path}") from None


def _digest(path: str) -> str:
    content = _stylesheet(path).encode() if path.endswith(".css") else (STATIC / path).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _scripts() -> list[str]:
    files = [file for folder in ("js", "vendor") for file in (STATIC / folder).rglob("*.js")]
    return sorted(file.relative_to(STATIC).as_posix() for file in files)


def _read(path: str) -> str:
    return (STATIC / path).read_text(encoding="utf-8")
