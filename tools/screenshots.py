"""Take README's pictures anew: `screenshots.py` makes a demo world, serves it, and looks at it in Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
# The demo world says which names and which password it has made.
ME, OTHER, PASSWORD = "alex", "mara", "sphere-demo-2026"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, PHONE = (1440, 900), (390, 844)


def main() -> None:
    """Write light, dark, phone and landing into docs/images."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        _save("landing", [_landing(browser, url)])
        other = _signed_in(_window(browser, url, WIDE), OTHER)
        _open(other, "Ridge Walkers")
        _save("light", [_room(browser, url, "Ridge Walkers", other)])
        _save("dark", [_room(browser, url, "Studio Nord", dark=True)])
        _save("phone", _phones(browser, url))
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    surroundings = os.environ | {"CHATSPHERE_DATA_DIR": str(folder)}
    chatsphere = [sys.executable, "-m", "chatsphere"]
    subprocess.run([*chatsphere, "demo"], env=surroundings, check=True)
    with (folder / "output").open("wb") as output:
        server = subprocess.Popen(
            [*chatsphere, "serve", "--port", str(port)], env=surroundings, stdout=output, stderr=output
        )
    try:
        _wait(url)
        yield url
    finally:
        server.terminate()
        server.wait()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


def _window(browser: Browser, url: str, size: tuple[int, int], *, dark: bool = False, scale: int = 1) -> Page:
    viewport = ViewportSize(width=size[0], height=size[1])
    context = browser.new_context(
        base_url=url,
        viewport=viewport,
        device_scale_factor=scale,
        color_scheme="dark" if dark else "light",
        locale="en-GB",
    )
    return context.new_page()


def _signed_in(page: Page, name: str) -> Page:
    page.goto("/login")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="New conversation")).to_be_visible()
    return page


def _open(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def _landing(browser: Browser, url: str) -> bytes:
    page = _window(browser, url, WIDE)
    page.goto("/")
    return _shot(page)


def _room(browser: Browser, url: str, name: str, other: Page | None = None, *, dark: bool = False) -> bytes:
    page = _signed_in(_window(browser, url, WIDE, dark=dark), ME)
    _open(page, name)
    return _shot(page, other)


def _phones(browser: Browser, url: str) -> list[bytes]:
    page = _signed_in(_window(browser, url, PHONE, scale=2), ME)
    listed = _shot(page)
    _open(page, "Ridge Walkers")
    there = _shot(page)
    dark = _signed_in(_window(browser, url, PHONE, scale=2, dark=True), ME)
    _open(dark, "Grandma & co")
    return [listed, there, _shot(dark)]


def _shot(page: Page, typist: Page | None = None) -> bytes:
    # The pointer rests on nothing, every picture in sight has come, and what moves has arrived.
    page.mouse.move(0, 0)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1_000)
    if typist:
        typist.get_by_role("textbox", name="Message", exact=True).press_sequentially("Wait until")
        expect(page.locator("#subtitle")).to_contain_text("typing")
    return page.screenshot()


def _save(name: str, shots: list[bytes]) -> None:
    """Write the shots side by side."""
    images = [Image.open(BytesIO(shot)).convert("RGB") for shot in shots]
    gap = 40
    size = (sum(image.width for image in images) + gap * (len(images) - 1), images[0].height)
    sheet = Image.new("RGBA", size, (0, 0, 0, 0))
    start = 0
    for image in images:
        sheet.paste(image, (start, 0))
        start += image.width + gap
    if len(images) > 1:
        sheet = sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS)
    sheet.save(IMAGES / f"{name}.webp", quality=84, method=6)


if __name__ == "__main__":
    main()
