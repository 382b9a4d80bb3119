"""A real server in a process of its own, a real Chromium, and people at it."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.people import Person
from tests.services import Server, free_port

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What runs into the policy, Trusted Types among it, is told even where the browser would only report it.
LISTENING = """
addEventListener("securitypolicyviolation", (event) => console.error(
    `policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""
EXPECTED = ("Failed to load resource", "WebSocket connection", "Service Worker registration blocked by Playwright")
PATIENCE = 20_000
"""Milliseconds for which a scene waits for what must come; a machine with other work to do takes its time."""
_numbers = itertools.count(1)

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder takes a browser, and comes last: Playwright keeps an event loop of its own running.

    A scene that fails is played once more, and the summary says so: see docs/decisions/0040.
    """
    browsing = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in browsing:
        item.add_marker("browser")
        item.add_marker(pytest.mark.flaky(reruns=1))
    items[:] = [item for item in items if item not in set(browsing)] + browsing


class Site:
    """A served ChatSphere that can be stopped and started again on its port."""

    def __init__(self, folder: Path, port: int | None = None, **more: str) -> None:
        self.port = port = port or free_port()
        self.url = f"http://127.0.0.1:{port}"
        settings = [f"CHATSPHERE_DATA_DIR={folder / 'data'}", "CHATSPHERE_RATE_LIMITS=off"]
        settings += [f"CHATSPHERE_{name.upper()}={value}" for name, value in more.items()]
        self._python = ["env", *settings, sys.executable, "-m"]
        self._serve = ["serve", "--port", str(port)]
        self._chatsphere = [*self._python, "chatsphere"]
        self._server = Server([*self._chatsphere, *self._serve], self._answers, folder)

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self._server.start()

    def runs(self, *command: str) -> None:
        """Run the `chatsphere` command over what is served: `site.runs("user", "make-admin", "ada")`."""
        subprocess.run([*self._chatsphere, *command], check=True, capture_output=True)

    def runs_as(self, module: str, *under: str, workers: int = 1) -> None:
        """From its next start, be what this module makes of it, run by the command that is named."""
        *env, python, option = self._python
        serve = [*self._serve, "--workers", str(workers)]
        self._server.becomes([*env, *under, python, option, module, *serve])

    def runs_from(self, installed: Path) -> None:
        """From its next start, be what is installed in this folder and not what is in the checkout."""
        self._python.insert(1, f"PYTHONPATH={installed}")
        self._chatsphere = [*self._python, "chatsphere"]
        self._server.becomes([*self._chatsphere, *self._serve])

    @property
    def lives(self) -> bool:
        """Whether its process is there."""
        return self._server.lives

    @property
    def pid(self) -> int:
        """The process that was started; with several workers, their parent."""
        return self._server.pid

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> None:
        """Stop serving; what was acknowledged stays."""
        self._server.stop(with_signal)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:  # noqa: S310 - our own server
                return bool(response.status == 200)
        except OSError:
            return False


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site that all scenes share."""
    served = Site(tmp_path_factory.mktemp("site"))
    served.start()
    yield served
    served.stop()


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers: there can be one in a process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """The machine's own Chromium."""
    browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """What any page of the scene complained of; at the end there must be nothing."""
    heard: list[str] = []
    yield heard
    assert heard == []


@pytest.fixture
def window(chromium: Browser, site: Site, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a browser of somebody's own: `window(width=390, dark=True)`."""
    opened = []

    def open_one(width: int = 1440, height: int = 900, dark: bool = False, **more: Any) -> Page:
        size = {"width": width, "height": height}
        scheme = "dark" if dark else "light"
        more.setdefault("base_url", site.url)
        # Keeping everything to be read without a network would cost each scene a second; some are about that.
        more.setdefault("service_workers", "block")
        context = chromium.new_context(viewport=size, color_scheme=scheme, **more)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        listen(context, complaints)
        return context.new_page()

    yield open_one
    for context in opened:
        context.close()


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Note what any page of this browser complains of: errors, warnings, and each report of the policy."""
    context.add_init_script(LISTENING)
    context.on("weberror", lambda failed: complaints.append(str(failed.error)))
    context.on("console", lambda said: _note(complaints, said.type, said.text))


def _note(complaints: list[str], kind: str, text: str) -> None:
    # The browser itself says so when a server is away or refuses; that is what some scenes are about.
    if kind in ("error", "warning") and not any(one in text for one in EXPECTED):
        complaints.append(text)


@pytest.fixture
def arrives(window: Callable[..., Page]) -> Callable[..., Person]:
    """Somebody signs up in a browser of their own: `ada = arrives("ada")`."""

    def arrive(name: str, **how: Any) -> Person:
        person = Person(window(**how), f"{name}{next(_numbers)}")
        person.signs_up()
        return person

    return arrive
