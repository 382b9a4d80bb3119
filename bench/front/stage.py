"""Where it is measured: a release, served, with the world in it, and windows of a Chromium onto it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, sync_playwright

from bench.front import world
from tests.browser import releases
from tests.browser.conftest import FLAGS, Site

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PATIENCE = 60_000
_BUNDLING = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--external:#words", "--log-level=error")


@dataclass
class Stage:
    """The site, its world, and who is signed in."""

    site: Site
    world: world.World
    browser: Browser
    folder: Path
    states: dict[str, Any]

    @contextmanager
    def window(self, name: str, *, throttled: float = 1) -> Iterator[Page]:
        """A window of somebody who is signed in; `throttled` is by how much its processor is slowed down."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": 1440, "height": 900},
            storage_state=self.states[name],
            service_workers="block",
            bypass_csp=True,
            # The browser does not know that plain pages, which the bench hands in, are of this machine.
            permissions=["local-network-access"],
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(path=HERE / "measure.js")
        context.route("**/bench/*", self._plain)
        context.route("**/c/*?plain", self._plain_page)
        try:
            page = context.new_page()
            if throttled != 1:
                context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": throttled})
            yield page
        finally:
            context.close()

    def opens(self, page: Page, title: str, *, plain: bool = False) -> None:
        """Load a conversation, and wait until its last words are there."""
        page.goto(f"/c/{self.world.rooms[title]}{'?plain' if plain else ''}")
        page.wait_for_function("!document.querySelector('[data-waking]') && bench.last()")
        page.wait_for_function("document.fonts.status === 'loaded'")

    def _plain(self, route: Route) -> None:
        route.fulfill(path=self.folder / route.request.url.rpartition("/")[2])

    def _plain_page(self, route: Route) -> None:
        answer = route.fetch(url=route.request.url.partition("?")[0])
        before, _, after = answer.text().partition('<script type="module" src="')
        lines = [line for line in before.splitlines() if "modulepreload" not in line]
        body = "\n".join(lines) + '<script type="module" src="/bench/plain.js">' + after.partition(">")[2]
        route.fulfill(response=answer, body=body)


@contextmanager
def staged(folder: Path, many: int) -> Iterator[Stage]:
    """Build a release, make a world of so many messages, serve it, open a browser; all of it gone at the end."""
    sources = releases.sources(folder / "release")
    releases.bundle(sources)
    releases.pack(sources, "--target", "wheel").check_returncode()
    site = Site(folder)
    site.runs_from(releases.unpacked(sources))
    made = world.make(folder / "data", many)
    _bundle(folder)
    site.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            stage = Stage(site, made, browser, folder, {})
            for name in world.NAMES[:2]:
                stage.states[name] = _signed_in(stage, name)
            yield stage
            browser.close()
    finally:
        site.stop()


def _bundle(folder: Path) -> None:
    jquery = ROOT / "src/chatsphere/static/vendor/jquery.js"
    command = ["esbuild", "bench/front/plain.js", *_BUNDLING, f"--alias:jquery={jquery}"]
    subprocess.run([ROOT / "bin" / "with-node", *command, f"--outfile={folder / 'plain.js'}"], cwd=ROOT, check=True)


def _signed_in(stage: Stage, name: str) -> Any:
    """The cookies of somebody; the first one also fetches everything that plain pages show."""
    context = stage.browser.new_context(base_url=stage.site.url)
    login = {"login": name, "password": world.PASSWORD}
    answer = context.request.post("/api/v1/sessions", data=login)
    if not answer.ok:
        raise RuntimeError(answer.text())
    if name == world.NAMES[0]:
        said = {one: _all(context.request, one) for one in stage.world.rooms.values()}
        (stage.folder / "messages.json").write_text(json.dumps(said), encoding="utf-8")
    state = context.storage_state()
    context.close()
    return state


def _all(request: Any, room: str) -> list[Any]:
    address, found = f"/api/v1/conversations/{room}/messages?limit=100", list[Any]()
    while address:
        answer = request.get(address)
        found[:0] = answer.json()
        address = answer.headers.get("link", "").partition("<")[2].partition(">")[0]
    return found
