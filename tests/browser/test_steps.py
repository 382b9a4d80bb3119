"""What comes into a conversation comes in steps, so that no frame takes long; and its sizes are parts of its width."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_history import room, scrolls, talks

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
