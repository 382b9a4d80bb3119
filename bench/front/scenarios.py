"""The scenarios: what somebody does, so many times, and how long they wait for what it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from bench.front.figures import Figure, share
from bench.front.stage import Stage
from bench.front.world import ALBUMS, LONG, SHORT

Scenario = Callable[[Stage, int], list[Figure]]
BOTH = (False, True)
SLOW = 4
WORK = "what the page's thread works for it"
FAR, SPEED, LONG_FRAME = 60_000, 6_000, 50
_numbers = count(1)


def _words() -> str:
    return f"said at last, number {next(_numbers)}."


def _watch(page: Page, what: str, *arguments: str) -> None:
    """Begin to wait in the page; what comes of it is kept there."""
    page.evaluate(f"(args) => {{ globalThis.came = bench.{what}(...args); }}", list(arguments))


def _came(page: Page) -> Any:
    return page.evaluate("() => came")


def _took(page: Page) -> float:
    begun, ended = _came(page)
    return float(ended - begun)


def _send(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    _watch(page, "entered", words)
    page.keyboard.press("Enter")


def _stored(page: Page) -> None:
    page.wait_for_function("!document.querySelector('.message.pending')")


def _thread(page: Page) -> Callable[[], float]:
    """Reads how much processor time the page's own thread has had, in milliseconds: other work does not stretch it."""
    line = page.context.new_cdp_session(page)
    line.send("Performance.enable")

    def read() -> float:
        metrics = line.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime") * 1000)

    return read


def enter(stage: Stage, rounds: int) -> list[Figure]:
    """Enter is pressed in a conversation of 10,000 messages."""
    found = {}
    for plain in BOTH:
        with stage.window("ada") as page:
            stage.opens(page, LONG, plain=plain)
            thread = _thread(page)
            found[plain] = [_entered(page, thread) for _ in range(rounds + 1)][1:]
    ours, theirs = ([list(way) for way in zip(*found[plain], strict=True)] for plain in BOTH)
    return [
        Figure("enter", "Enter until one's own words are painted", ours[0], theirs[0], 50),
        Figure("enter", WORK, ours[1], theirs[1]),
    ]


def _entered(page: Page, thread: Callable[[], float]) -> tuple[float, float]:
    words = _words()
    page.locator("#text").fill(words)
    _watch(page, "entered", words)
    before = thread()
    page.keyboard.press("Enter")
    took = _took(page)
    used = thread() - before
    _stored(page)
    return took, used


def pair(stage: Stage, rounds: int) -> list[Figure]:
    """Somebody says something, and somebody else sees it."""
    found = {}
    for plain in BOTH:
        with stage.window("ada") as ada, stage.window("bo") as bo:
            for page in (ada, bo):
                stage.opens(page, LONG, plain=plain)
            found[plain] = [_heard(ada, bo) for _ in range(rounds + 1)][1:]
    return [Figure("pair", "Enter until the other one's screen has it", found[False], found[True], 120)]


def _heard(ada: Page, bo: Page) -> float:
    words = _words()
    _watch(bo, "heard", words)
    _send(ada, words)
    begun, _ = _came(ada)
    ended = _came(bo)
    _stored(ada)
    return float(ended - begun)


def switch(stage: Stage, rounds: int) -> list[Figure]:
    """Somebody goes to the long conversation by a click in the list."""
    found, cold = {}, list[float]()
    for plain in BOTH:
        with stage.window("ada") as page:
            stage.opens(page, LONG, plain=plain)
            last = page.evaluate("() => bench.last()")
            found[plain] = list(_switched(page, last, rounds, _thread(page)))
            if not plain:
                cold = [_switched_cold(stage, page, last) for _ in range(rounds)]
    ours, theirs = ([list(way) for way in zip(*found[plain], strict=True)] for plain in BOTH)
    return [
        Figure("switch", "a click in the list until a conversation is there again", ours[0], theirs[0], 150),
        Figure("switch", WORK, ours[1], theirs[1]),
        Figure("switch", "the same, one that has to be fetched", cold),
    ]


def _go(page: Page, title: str, last: str) -> float:
    _watch(page, "switched", title, last)
    page.locator("#rows a", has_text=title).click()
    return _took(page)


def _switched(page: Page, last: str, rounds: int, thread: Callable[[], float]) -> Iterator[tuple[float, float]]:
    for at in range(rounds + 1):
        _go(page, SHORT, "")
        before = thread()
        took = _go(page, LONG, last)
        if at:
            yield took, thread() - before


def _switched_cold(stage: Stage, page: Page, last: str) -> float:
    stage.opens(page, SHORT)
    return _go(page, LONG, last)


def scroll(stage: Stage, rounds: int) -> list[Figure]:
    """Somebody turns the wheel: 60,000 pixels up, 6,000 of them a second."""
    found = {plain: [_scrolled(stage, plain=plain) for _ in range(rounds)] for plain in BOTH}
    ways: list[tuple[str, Callable[[list[float]], float], float | None, str]] = [
        ("half of the frames while scrolling take at most", lambda gaps: share(gaps, 50), None, "ms"),
        ("95 % of them take at most", lambda gaps: share(gaps, 95), 34, "ms"),
        ("the longest takes", max, None, "ms"),
        ("frames of more than 50 ms", lambda gaps: sum(gap > LONG_FRAME for gap in gaps), 3, ""),
    ]
    ours, theirs = ([list(way) for way in zip(*found[plain], strict=True)] for plain in BOTH)
    frames = [
        Figure("scroll", what, [of(gaps) for gaps in ours[0]], [of(gaps) for gaps in theirs[0]], most, unit)
        for what, of, most, unit in ways
    ]
    return [*frames, Figure("scroll", WORK, ours[1], theirs[1])]


def _scrolled(stage: Stage, *, plain: bool) -> tuple[list[float], float]:
    with stage.window("ada") as page:
        stage.opens(page, LONG, plain=plain)
        page.wait_for_timeout(500)
        thread = _thread(page)
        before = thread()
        page.evaluate("() => { globalThis.stop = bench.frames(); }")
        gesture = {"x": 700, "y": 400, "yDistance": FAR, "speed": SPEED, "gestureSourceType": "mouse"}
        page.context.new_cdp_session(page).send("Input.synthesizeScrollGesture", gesture)
        return [float(gap) for gap in page.evaluate("() => stop()")], thread() - before


def album(stage: Stage, rounds: int) -> list[Figure]:
    """An album of ten goes out, is looked at, and one of its pictures is given a caption."""
    takes: list[dict[str, float]] = []
    with ExitStack() as windows:
        ada, bo = (windows.enter_context(stage.window(name)) for name in ("ada", "bo"))
        for page in (ada, bo):
            stage.opens(page, ALBUMS)
        takes = [_shared(stage, ada, bo) for _ in range(rounds + 1)][1:]
    budgets = {"an album of ten: Enter until it is painted": 50.0, "until the other one's screen has it": 120.0}
    return [Figure("album", what, [one[what] for one in takes], (), budgets.get(what)) for what in takes[0]]


def _shared(stage: Stage, ada: Page, bo: Page) -> dict[str, float]:
    words = _words()
    _watch(bo, "heard", words)
    _attach(ada, _pictures(stage.folder), words)
    begun, painted = _came(ada)
    heard = _came(bo)
    _stored(ada)
    _watch(ada, "shown", "click", "#lightbox[open] #lightbox-view img")
    ada.locator(".mosaic .tile").last.click()
    opened = _took(ada)
    _watch(ada, "turned")
    ada.keyboard.press("ArrowLeft")
    turned = _took(ada)
    ada.keyboard.press("Escape")
    # While it is on its way back, keys are still for it.
    ada.locator("#lightbox").wait_for(state="hidden")
    return {
        "an album of ten: Enter until it is painted": painted - begun,
        "until the other one's screen has it": heard - begun,
        "a click on a picture until it is painted large": opened,
        "an arrow key until the next picture is": turned,
        "a caption until the other one's screen has it": _captioned(stage, ada, bo),
    }


def _captioned(stage: Stage, ada: Page, bo: Page) -> float:
    """A picture by itself has its caption below it."""
    words, caption = _words(), _words()
    _watch(bo, "heard", words)
    _attach(ada, _pictures(stage.folder)[:1], words)
    _came(bo)
    _stored(ada)
    _watch(bo, "captioned", caption)
    begun = ada.evaluate("(caption) => bench.caption(caption)", caption)
    return float(_came(bo) - begun)


def _attach(page: Page, pictures: list[str], words: str) -> None:
    """Pick them, wait until they are all there, and press Enter."""
    page.locator("#files").set_input_files(pictures)
    page.wait_for_function(
        "(many) => document.querySelectorAll('.upload progress[hidden]').length === many", arg=len(pictures)
    )
    _send(page, words)


def _pictures(folder: Path) -> list[str]:
    found = sorted((folder / "data" / "media").rglob("original"))[:10]
    made = []
    for at, path in enumerate(found):
        copy = folder / f"picture-{at}.jpg"
        copy.write_bytes(path.read_bytes())
        made.append(str(copy))
    return made


def input_(stage: Stage, rounds: int) -> list[Figure]:
    """The same keys and clicks on a machine four times as slow, as the browser itself counts them."""
    with stage.window("ada", throttled=SLOW) as page:
        stage.opens(page, LONG)
        takes = [_felt(page) for _ in range(rounds + 1)][1:]
    ways = ("letters", "Enter", "a click in the list")
    return [
        Figure("input", f"{what}: INP, processor slowed down {SLOW} times", [take[at] for take in takes], (), 100)
        for at, what in enumerate(ways)
    ]


def _felt(page: Page) -> tuple[float, float, float]:
    words = _words()
    page.locator("#text").focus()
    _interaction(page)
    page.keyboard.type(words, delay=40)
    letters = _interaction(page)
    _watch(page, "entered", words)
    page.keyboard.press("Enter")
    _came(page)
    entered = _interaction(page)
    _stored(page)
    _go(page, SHORT, "")
    _interaction(page)
    _go(page, LONG, words)
    return letters, entered, _interaction(page)


def _interaction(page: Page) -> float:
    page.wait_for_timeout(400)
    return float(page.evaluate("() => bench.interaction()"))


def load(stage: Stage, rounds: int) -> list[Figure]:
    """The page of a conversation is loaded on a machine four times as slow, with an empty cache."""
    takes = [_loaded(stage) for _ in range(rounds)]
    return [
        Figure("load", f"largest paint, processor slowed down {SLOW} times", [a for a, _ in takes], (), 1500),
        Figure("load", "layout shift of the whole page while it is filled in", [b for _, b in takes], (), 0, ""),
    ]


def _loaded(stage: Stage) -> tuple[float, float]:
    with stage.window("ada", throttled=SLOW) as page:
        stage.opens(page, LONG)
        page.wait_for_timeout(1_000)
        return page.evaluate("() => bench.largest()"), page.evaluate("() => bench.shift()")


SCENARIOS: dict[str, Scenario] = {
    "enter": enter,
    "pair": pair,
    "switch": switch,
    "scroll": scroll,
    "album": album,
    "input": input_,
    "load": load,
}
