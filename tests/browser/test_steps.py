"""What comes into a conversation comes in steps, so that no frame takes long; and its sizes are parts of its width."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_history import room, scrolls, talks
from tests.browser.test_pages import SETTLED
from tests.browser.test_pictures import SHIFTS

Arrives = Callable[..., Person]

# How many messages each frame put on the page that it had not, from here on.
STEPS = """() => {
  window.steps = [];
  const line = "[role=listitem]";
  const count = (node) => (node.matches?.(line) ? 1 : (node.querySelectorAll?.(line).length ?? 0));
  let now = 0;
  new MutationObserver((records) => {
    const added = new Set(records.flatMap(({addedNodes}) => [...addedNodes]).filter((one) => one.isConnected));
    const outermost = [...added].filter((one) => ![...added].some((other) => other !== one && other.contains(one)));
    now += outermost.reduce((sum, one) => sum + count(one), 0);
  }).observe(document.querySelector("#log"), {childList: true, subtree: true});
  const frame = () => { if (now) steps.push(now); now = 0; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}"""
# What the line brings from `keepsBack` on is heard in one breath with `hears`.
BREATH = """() => {
  const {set} = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
  const hear = (listener) => (event) => window.kept ? kept.push(() => listener(event)) : listener(event);
  Object.defineProperty(WebSocket.prototype, "onmessage", {set(listener) { set.call(this, hear(listener)); }});
  window.keepsBack = () => { window.kept = []; };
  window.hears = () => { const all = kept; window.kept = null; for (const one of all) one(); };
}"""
# Down, by hand, to the end of what is there once the first of it is.
DOWN = """(box) => new MutationObserver((_records, self) => {
  self.disconnect();
  requestAnimationFrame(() => {
    box.dispatchEvent(new WheelEvent("wheel", {deltaY: 9_999}));
    box.scrollTo({top: box.scrollHeight, behavior: "instant"});
  });
}).observe(document.querySelector("#log"), {childList: true, subtree: true})"""
CONTAINERS = """(log) => {
  const around = [];
  for (let one = log; one; one = one.parentElement) around.push(getComputedStyle(one).containerType);
  return around.filter((type) => type !== "normal");
}"""
ROOM = "(box) => [getComputedStyle(box).getPropertyValue('--p'), box.lastElementChild.clientWidth / 100 + 'px']"


def widens(page: Page, width: int) -> str:
    """Make the window so wide; returns a hundredth of what messages have, as the styles know it."""
    page.set_viewport_size({"width": width, "height": 900})
    box = page.get_by_role("region", name="History")
    page.wait_for_function("() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(true))))")
    told, true = box.evaluate(ROOM)
    assert told == true
    return str(told)


def test_a_page_of_history_comes_in_steps_and_fetches_no_more_than_is_near(arrives: Arrives) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    here = room(ada)
    ada.page.goto("/settings")
    # So high that what is older lies far enough from the end of it; and one's own, so that one comes to the end.
    talks(ada, 160, word=f"{'fog over the ridge, ' * 6} line", to=here)
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url) if "before=" in request.url else None)
    ada.page.goto("/")
    ada.page.evaluate(STEPS)
    ada.page.get_by_role("link", name="bo").first.click()
    expect(ada.messages.filter(has_text="line 160.")).to_be_in_viewport()
    # The last page is all on it, and nothing was asked for because only a part of it was.
    expect(ada.messages.filter(has_text="line 111.")).to_be_attached()
    first = ada.page.evaluate("steps.splice(0)")
    assert len(first) >= 2, first
    assert asked == []
    scrolls(ada).hover()
    ada.page.mouse.wheel(0, -2_500)
    expect(ada.messages.filter(has_text="line 61.")).to_be_attached()
    steps = ada.page.evaluate("steps")
    assert max(steps[:5]) <= 12, steps
    assert len(asked) == len(set(asked)) >= 1


def test_what_comes_above_a_page_that_is_loaded_moves_nothing(arrives: Arrives) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    # The first one that comes with the page goes on with what was said before it: above it there is less room then.
    talks(ada, 160)
    ada.page.context.new_cdp_session(ada.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    ada.page.add_init_script(SHIFTS)
    ada.page.reload()
    expect(ada.messages.filter(has_text="line 61.")).to_be_attached()
    expect(ada.messages.filter(has_text="line 160.")).to_be_in_viewport()
    expect(ada.page.get_by_role("slider", name="Jump in time")).to_be_visible()
    ada.page.evaluate(SETTLED)
    assert ada.page.evaluate("shifts") == []


def kept_back(listener: Person, speaker: Person, word: str) -> None:
    """Forty things are said, of which the listener has not heard yet."""
    listener.page.evaluate("keepsBack()")
    talks(speaker, 40, word)
    listener.page.wait_for_function("() => kept.length >= 40")
    listener.page.evaluate(STEPS)


def test_who_is_at_the_end_goes_along_with_what_comes_in_steps_and_nobody_else_does(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.page.add_init_script(f"({BREATH})()")
    ada.starts(bo)
    ada.page.reload()
    bo.opens(ada.name)
    talks(bo, 40, "first")
    expect(ada.sees("first 40.")).to_be_in_viewport()
    # Her hands are on it meanwhile, so that it is looked where she stands after each step.
    scrolls(ada).hover()
    ada.page.mouse.down()
    kept_back(ada, bo, "then")
    ada.page.evaluate("hears()")
    expect(ada.sees("then 40.")).to_be_in_viewport(ratio=1)
    steps = ada.page.evaluate("steps")
    assert len(steps) >= 4, steps
    assert max(steps) <= 12, steps
    ada.page.mouse.up()
    # Who reads further up, and looks how far it goes before all of it is drawn, is left there.
    ada.page.mouse.wheel(0, -700)
    expect(ada.page.get_by_role("button", name="Latest")).to_be_visible()
    kept_back(ada, bo, "at last")
    scrolls(ada).evaluate(DOWN)
    ada.page.evaluate("hears()")
    expect(ada.messages.filter(has_text="at last 40.")).to_be_attached()
    expect(ada.sees("at last 12.")).to_be_in_viewport()
    expect(ada.sees("at last 40.")).not_to_be_in_viewport()


def test_what_messages_may_be_wide_follows_the_window_and_no_layout_asks_for_styles(arrives: Arrives) -> None:
    ada = arrives("ada")
    ada.starts(arrives("bo"))
    ada.says("as wide as it may be. " * 40)
    message = ada.sees("as wide as it may be.")
    expect(message).to_be_visible()
    widths = []
    for width in (1440, 900, 390, 1240):
        widens(ada.page, width)
        box = message.bounding_box()
        assert box
        widths.append(box["width"])
    assert widths[2] < min(widths[0], widths[1], widths[3])
    assert ada.page.locator("#log").evaluate(CONTAINERS) == []
