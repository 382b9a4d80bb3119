"""Static files: found by their plain names, kept for ever under their fingerprints."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from chatsphere.http.release import STATIC

VENDOR = Path(__file__).parents[2] / "tools" / "vendor.py"


def test_a_fingerprinted_file_is_kept_and_a_plain_one_asked_for_again(guest: FlaskClient) -> None:
    page = guest.get("/").text
    stylesheet = re.search(r'href="(/static/css/page\.[0-9a-f]{12}\.css)"', page)
    assert stylesheet
    kept = guest.get(stylesheet[1])
    assert "immutable" in kept.headers["Cache-Control"]
    plain = guest.get("/static/css/app.css")
    assert plain.headers["Cache-Control"] == "no-cache"
    assert guest.get("/static/css/app.css", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_text_leaves_compressed_where_that_is_understood(guest: FlaskClient) -> None:
    plain = guest.get("/static/css/app.css")
    small = guest.get("/static/css/app.css", headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_a_stale_fingerprint_is_not_kept(guest: FlaskClient) -> None:
    assert guest.get("/static/css/app.000000000000.css").headers["Cache-Control"] == "no-cache"


def test_the_stylesheet_comes_in_one_piece(guest: FlaskClient) -> None:
    css = guest.get("/static/css/app.css").text
    assert "@import" not in css
    fonts = re.findall(r'url\("(/static/fonts/[^"]+)"\)', css)
    assert fonts
    assert all(guest.get(font).status_code == 200 for font in fonts)


def test_every_import_of_every_module_leads_somewhere(guest: FlaskClient) -> None:
    found = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', guest.get("/").text, re.DOTALL)
    assert found
    imports = json.loads(found[1])["imports"]
    for module in (STATIC / "js").rglob("*.js"):
        for wanted in re.findall(r'^import .*?"([^"]+)";', module.read_text(), re.MULTILINE):
            path = wanted
            if wanted.startswith("."):
                path = "/static/" + (module.parent / wanted).resolve().relative_to(STATIC).as_posix()
            assert path in imports, f"{module.name} imports {wanted}"
    assert all(guest.get(address).status_code == 200 for address in imports.values())


def test_the_app_preloads_what_it_begins_with_and_nothing_that_can_wait(ada: FlaskClient) -> None:
    page = ada.get("/").text
    preloaded = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    names = {re.sub(r"\.[0-9a-f]{12}\.js$", ".js", address.removeprefix("/static/")) for address in preloaded}
    assert {"js/controllers/composer.js", "js/models/conversation.js", "vendor/jquery.js", "js/words/en.js"} <= names
    late = {
        (module.parent / wanted).resolve().relative_to(STATIC).as_posix()
        for module in (STATIC / "js").rglob("*.js")
        for wanted in re.findall(
            r'import\("(\.[^"]+)"\)', re.sub(r"/\*\*.*?\*/", "", module.read_text(), flags=re.DOTALL)
        )
    }
    assert late
    assert not names & late


def test_a_page_leaves_packed_and_never_twice_of_one_length(ada: FlaskClient) -> None:
    packed = [ada.get("/settings", headers={"Accept-Encoding": "gzip"}) for _ in range(12)]
    assert {answer.headers["Content-Encoding"] for answer in packed} == {"gzip"}
    assert "Accept-Encoding" in packed[0].headers["Vary"]
    assert b"Display name" in gzip.decompress(packed[0].data)
    # Whoever could write into the page and see lengths would learn from them what else is on it.
    assert len({len(answer.data) for answer in packed}) > 4
    assert "Content-Encoding" not in ada.get("/settings").headers
    assert "Content-Encoding" not in ada.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers


def test_nothing_outside_the_folder_is_served(guest: FlaskClient) -> None:
    for path in (
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/css/../../settings.py",
        "/static/css",
    ):
        assert guest.get(path).status_code == 404


def test_icons_that_pages_ask_for_exist(app: Flask) -> None:
    sprite = (STATIC / "img" / "icons.svg").read_text()
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    templates = Path(str(app.root_path)) / "templates"
    asked = {
        name for file in templates.rglob("*.html") for name in re.findall(r'icon\("([a-z0-9-]+)"', file.read_text())
    }
    asked |= {
        name
        for file in (STATIC / "js").rglob("*.js")
        for name in re.findall(r'(?:icon\(|icon: )"([a-z0-9-]+)"', file.read_text())
    }
    assert asked <= known


def test_vendored_files_are_what_was_promised() -> None:
    spec = importlib.util.spec_from_file_location("vendor", VENDOR)
    assert spec
    assert spec.loader
    vendor = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(vendor)
    assert vendor.main(["--check"]) == 0
