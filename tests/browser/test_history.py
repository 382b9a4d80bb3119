"""A long history: read upwards without a jerk, found again after a reload, and never all of it on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations

Arrives = Callable[..., Person]

# Over the socket, where many are committed at once; every tenth is long, so that lines are not all of one height.
TALK = """([id, many, word]) => new Promise((done) => {
  const socket = new WebSocket(`ws://${location.host}/api/v1/socket`);
  let left = many;
  const say = (n) => socket.send(JSON.stringify({type: "post", ref: n, conversation_id: id, reply_to: null,
    client_id: crypto.randomUUID(), content: `${word} ${n}.${" and so on".repeat(n % 10 ? n % 4 : 60)}`}));
  socket.onmessage = ({data}) => {
    const frame = JSON.parse(data);
    if (frame.type === "hello") for (let n = 1; n <= Math.min(many, 20); n += 1) say(n);
    if (frame.type === "error") throw new Error(data);
    if (frame.type !== "ok") return;
    left -= 1;
    if (left >= 20) say(many - left + 20);
    if (!left) { socket.close(); done(); }
  };
})"""


def talks(person: Person, many: int, word: str = "line", to: str | None = None) -> None:
    """Say many things quickly in the conversation that is open."""
    person.page.evaluate(TALK, [to or room(person), many, word])


def room(person: Person) -> str:
    """The conversation that is open."""
    return re.split(r"[/?]", person.page.url)[4]


def scrolls(person: Person) -> Locator:
    """What the history scrolls in."""
    return person.page.get_by_role("region", name="History")


# Goes up to where 60 steps have come, some five to a page; at each, how far it moved the message in the middle.
DRIFT = """async (box) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const log = box.querySelector("[role=list]");
  const begin = () => log.querySelector("[role=listitem]");
  const drifts = [];
  for (let step = 0; step < 3000 && drifts.length < 60; step += 1) {
    const first = begin();
    box.dispatchEvent(new WheelEvent("wheel", {deltaY: -600}));
    box.scrollTo(0, box.scrollTop - 600);
    await frame();
    const {x, y, width, height} = box.getBoundingClientRect();
    const chunk = [...log.children].find((one) => one.getBoundingClientRect().bottom > y + height / 2);
    const middle = [...chunk.children].find((one) => one.getBoundingClientRect().bottom > y + height / 2);
    const was = middle.getBoundingClientRect().top;
    for (let wait = 0; wait < (box.scrollTop < 2400 ? 20 : 2) && begin() === first; wait += 1) await frame();
    await frame();
    if (begin() !== first) drifts.push(Math.abs(middle.getBoundingClientRect().top - was));
  }
  return drifts;
}"""


def test_reading_upwards_nothing_moves_under_the_eyes(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    here = room(bo)
    bo.page.goto("/settings")
    talks(bo, 1_150, to=here)
    ada.page.goto(f"/c/{here}?at=1151")
    expect(ada.messages.filter(has_text="line 1150.")).to_be_in_viewport()
    drifts = scrolls(ada).evaluate(DRIFT)
    assert len(drifts) == 60
    assert max(drifts) <= 1, drifts
    assert ada.page.locator(".chunk").count() <= 8
    # Down again: what was let go of comes back, and the end is the end.
    ada.page.get_by_role("button", name="Latest").click()
    expect(ada.messages.filter(has_text="line 1150.")).to_be_in_viewport()
    expect(ada.page.get_by_role("button", name="Latest")).to_be_hidden()


def middle(message: Locator) -> float:
    """How far down the history a message's middle is: 0 is its upper edge, 1 its lower one."""
    script = """(element) => {
      const [here, box] = [element, document.querySelector("#scroll")].map((one) => one.getBoundingClientRect());
      return (here.top + here.height / 2 - box.top) / box.height;
    }"""
    return float(message.evaluate(script))


def test_a_link_leads_to_a_message_and_on_in_both_directions_and_a_reload_back_to_the_place(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    here = room(bo)
    bo.page.goto("/settings")
    talks(bo, 400, to=here)
    ada.page.goto(f"/c/{here}?at=201")
    linked = ada.messages.filter(has_text="line 200.")
    expect(linked).to_be_in_viewport()
    assert 0.2 <= middle(linked) <= 0.8
    wheel(ada, 1_500)
    expect(ada.messages.filter(has_text="line 260.")).to_be_attached()
    wheel(ada, -3_000)
    expect(ada.messages.filter(has_text="line 140.")).to_be_attached()
    expect(ada.page.locator("#day")).to_be_visible()
    expect(ada.page.locator("#day")).to_be_hidden()
    before = seen_first(ada)
    ada.page.reload()
    ada.page.wait_for_function("() => document.querySelector('.chunk')")
    stays(ada, before)
    bo.page.goto(f"/c/{here}")
    bo.page.get_by_role("link", name="Settings").click()
    ada.page.get_by_role("link", name="Settings").click()
    expect(ada.page.get_by_role("heading", level=1)).to_be_visible()
    ada.page.go_back()
    ada.page.wait_for_function("() => document.querySelector('.chunk')")
    stays(ada, before)


def wheel(person: Person, down: int) -> None:
    """Turn the wheel over the history, and wait until it rests."""
    scrolls(person).hover()
    scrolls(person).evaluate(
        "(box) => { window.rested = new Promise((done) => box.addEventListener('scrollend', done, {once: true})); }"
    )
    person.page.mouse.wheel(0, down)
    person.page.evaluate("() => window.rested")


def stays(person: Person, before: list[Any]) -> None:
    """Fail unless the same message is there again, to within a pixel: the browser rounds where it scrolls to."""
    [message, top] = seen_first(person)
    assert message == before[0]
    assert abs(top - before[1]) <= 1


def seen_first(person: Person) -> list[Any]:
    """The message at the upper edge of the history, and how far from it it is."""
    # It is written down a moment after one rests.
    person.page.wait_for_function("() => history.state?.place")
    script = """() => {
      const top = document.querySelector("#scroll").getBoundingClientRect().top;
      const first = [...document.querySelectorAll(".message")].find((one) => one.getBoundingClientRect().bottom > top);
      return [first.dataset.id, Math.round(first.getBoundingClientRect().top - top)];
    }"""
    return list(person.page.evaluate(script))


def test_where_the_unread_begins_is_shown_once_and_stays(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    here = room(ada)
    ada.says("good night")
    ada.page.goto("/settings")
    bo.opens(ada.name)
    talks(bo, 40, "while you slept", to=here)
    ada.page.goto("/")
    expect(ada.page.get_by_role("link", name=bo.name)).to_contain_text("unread: 40")
    ada.opens(bo.name)
    divider = ada.page.get_by_text("40 new messages")
    expect(divider).to_be_in_viewport()
    assert middle(divider) < 1 / 3
    expect(ada.page.get_by_role("button", name="Jump to unread")).to_be_hidden()
    wheel(ada, 700)
    ada.page.get_by_role("button", name="Jump to unread").click()
    expect(divider).to_be_in_viewport()
    # Whoever reads further up is not moved by what is said; a pill counts it.
    was = middle(divider)
    bo.says("are you awake?")
    expect(ada.page.get_by_role("button", name="1 new")).to_be_visible()
    assert middle(divider) == was
    ada.page.get_by_role("button", name="1 new").click()
    expect(ada.messages.filter(has_text="are you awake?")).to_be_in_viewport()
    # One's own words lead to the end, and nothing is new then.
    wheel(ada, -600)
    ada.says("now I am")
    expect(ada.messages.filter(has_text="now I am")).to_be_in_viewport()
    expect(divider).to_have_count(0)
    # Escape says that one has seen what is new.
    expect(bo.sees("now I am")).to_be_visible()
    ada.page.goto("/settings")
    bo.says("tea?")
    expect(bo.sees("tea?").get_by_text("sent")).to_be_attached()
    ada.page.goto(f"/c/{here}")
    expect(ada.page.get_by_text("1 new message")).to_be_in_viewport()
    ada.messages.last.press("Escape")
    expect(ada.page.get_by_text("1 new message")).to_have_count(0)
    expect(ada.composer).to_be_focused()


def test_near_the_end_nobody_is_pulled_there_but_goes_along_with_what_is_new(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    talks(ada, 40)
    expect(ada.sees("line 40.")).to_be_in_viewport()
    bo.opens(ada.name)
    wheel(ada, -60)
    before = middle(ada.sees("line 38."))
    bo.sees("line 40.").hover()
    bo.sees("line 40.").get_by_role("button", name="React with 👍").click()
    expect(ada.sees("line 40.").get_by_role("button", name="👍, 1")).to_be_attached()
    assert middle(ada.sees("line 38.")) == before
    bo.says("and this is new")
    expect(ada.sees("and this is new")).to_be_in_viewport(ratio=1)
    # Back at the end by hand, it is the end that stays while one's words take more room.
    wheel(ada, -300)
    wheel(ada, 900)
    ada.composer.fill("one\ntwo\nthree")
    expect(ada.sees("and this is new")).to_be_in_viewport(ratio=1)


def test_unread_is_the_same_everywhere_and_always_has_a_reason(arrives: Arrives, window: Callable[..., Page]) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    phone = Person(window(width=390, height=844), ada.name)
    ada.starts(bo)
    ada.page.add_init_script("navigator.setAppBadge = async (count) => { window.appBadge = count; }")
    ada.page.goto("/")
    phone.signs_in()
    bo.opens(ada.name)
    bo.says("are you there?")
    bo.says("hello?")
    rows = [one.page.get_by_role("link", name=bo.name) for one in (ada, phone)]
    for row, page in zip(rows, (ada.page, phone.page), strict=True):
        expect(row).to_contain_text("unread: 2")
        expect(page).to_have_title(re.compile(r"^\(2\) "))
        expect(page.locator("link[rel=icon]")).to_have_attribute("href", re.compile("mark-unread"))
    ada.page.wait_for_function("() => window.appBadge === 2")
    asks(ada, bo.name, "Why is this unread?")
    reason = ada.page.get_by_role("dialog", name=re.compile("^Why is"))
    expect(reason).to_contain_text(f"2 messages from {bo.name}")
    expect(reason).to_contain_text("are you there?")
    assert violations(ada.page) == []
    reason.get_by_role("button", name="Cancel").click()
    # Read at one of two devices while the other has no line: it still comes to know.
    phone.page.context.set_offline(True)
    ada.page.evaluate("() => Object.defineProperty(document, 'hasFocus', {value: () => false, configurable: true})")
    ada.opens(bo.name)
    expect(ada.sees("hello?")).to_be_visible()
    ada.page.wait_for_timeout(900)
    expect(rows[0]).to_contain_text("unread: 2")
    expect(bo.sees("hello?").get_by_text("sent")).to_be_attached()
    ada.page.evaluate("() => { delete document.hasFocus; dispatchEvent(new Event('focus')); }")
    expect(rows[0]).not_to_contain_text("unread")
    ada.page.wait_for_function("() => window.appBadge === 0")
    expect(bo.sees("hello?").get_by_text("read", exact=True)).to_be_attached()
    expect(rows[1]).to_contain_text("unread: 2")
    phone.page.context.set_offline(False)
    expect(rows[1]).not_to_contain_text("unread", timeout=20_000)
    expect(phone.page).to_have_title(re.compile("^ChatSphere"))
    marks_and_comes_back(ada, phone, bo.name)


def marks_and_comes_back(ada: Person, phone: Person, about: str) -> None:
    """To come back to it later, one marks it; that is nobody else's business, and ends where one comes back."""
    rows = [one.page.get_by_role("link", name=about) for one in (ada, phone)]
    reason = ada.page.get_by_role("dialog", name=re.compile("^Why is"))
    ada.page.goto("/")
    asks(ada, about, "Mark as unread")
    for row in rows:
        expect(row).to_contain_text("marked as unread")
    asks(ada, about, "Why is this unread?")
    expect(reason).to_contain_text("marked it as unread yourself")
    ada.page.keyboard.press("Escape")
    rows[1].click()
    expect(phone.sees("hello?")).to_be_visible()
    expect(rows[0]).not_to_contain_text("unread")


def asks(person: Person, about: str, what: str) -> None:
    """Choose from the menu of a row, holding the mouse's other button down for as long as people do."""
    person.page.get_by_role("link", name=about).click(button="right", delay=150)
    person.page.get_by_role("menuitem", name=what).click()


def test_the_score_leads_to_any_time_by_keys_and_on_a_phone_by_months(
    arrives: Arrives, window: Callable[..., Page]
) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    here = room(bo)
    bo.page.goto("/settings")
    talks(bo, 200, to=here)
    ada.page.goto(f"/c/{here}?at=201")
    score = ada.page.get_by_role("slider", name="Jump in time")
    score.focus()
    ada.page.keyboard.press("PageUp")
    expect(ada.messages.filter(has_text="line 1.")).to_be_in_viewport()
    expect(score).to_have_attribute("aria-valuetext", re.compile(r"^Today, .*\d+ message"))
    expect(score).to_have_attribute("aria-valuenow", "1")
    ada.page.keyboard.press("ArrowDown")
    expect(score).not_to_have_attribute("aria-valuenow", "1")
    ada.page.keyboard.press("End")
    expect(ada.messages.filter(has_text="line 200.")).to_be_in_viewport()
    assert violations(ada.page) == []
    phone = Person(window(width=390, height=844, has_touch=True, is_mobile=True), ada.name)
    phone.signs_in()
    phone.page.goto(f"/c/{here}?at=150")
    expect(phone.messages.filter(has_text="line 149.")).to_be_in_viewport()
    expect(phone.page.get_by_role("slider")).to_have_count(0)
    scrolls(phone).evaluate("(box) => box.scrollTo(0, box.scrollTop - 400)")
    phone.page.locator("#day").click()
    months = phone.page.get_by_role("dialog", name="Go to a month")
    assert violations(phone.page) == []
    months.get_by_role("button", name="200 messages").click()
    expect(phone.messages.filter(has_text="line 1.")).to_be_in_viewport()


# Up and down through the history; how much of it is on the page and in memory after so many changes of page.
PAGES = """async ([pages, from]) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const box = document.querySelector("#scroll");
  const log = box.querySelector("[role=list]");
  let [up, changes, most] = [from, 0, 0];
  for (let step = 0; step < 6000 && changes < pages; step += 1) {
    const ends = () => [log.querySelector("[role=listitem]"), log.lastElementChild.lastElementChild];
    const [first, last] = ends();
    box.dispatchEvent(new WheelEvent("wheel", {deltaY: up ? -2400 : 2400}));
    const was = box.scrollTop;
    box.scrollTo(0, was + (up ? -2400 : 2400));
    for (let wait = 0; wait < 12; wait += 1) {
      await frame();
      if (ends()[up ? 0 : 1] !== (up ? first : last)) break;
    }
    if (ends()[up ? 0 : 1] !== (up ? first : last)) {
      changes += 1;
      // A page comes in a few steps.
      for (let [calm, now] = [0, ends()[up ? 0 : 1]]; calm < 4; now = ends()[up ? 0 : 1]) {
        await frame();
        calm = ends()[up ? 0 : 1] === now ? calm + 1 : 0;
      }
    }
    else if (Math.abs(box.scrollTop - was) < 1) up = !up;
    most = Math.max(most, log.children.length);
  }
  return {changes, most, up};
}"""


def test_a_hundred_pages_leave_no_more_on_the_page_than_the_first(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada)
    here = room(bo)
    for person in (ada, bo):
        person.page.goto("/settings")
    # Both at once: what is one's own carries more than what others say.
    bo.page.evaluate(f"(talk) => {{ window.talk = ({TALK})(talk); }}", [here, 650, "line"])
    talks(ada, 650, to=here)
    bo.page.evaluate("window.talk")
    bo.page.close()
    ada.page.goto(f"/c/{here}?at=1301")
    expect(ada.page.locator("[data-id='1301']")).to_be_in_viewport()
    there = ada.page.evaluate(PAGES, [50, True])
    before = measured(ada.page)
    back = ada.page.evaluate(PAGES, [50, there["up"]])
    after = measured(ada.page)
    assert there["changes"] + back["changes"] == 100
    assert max(there["most"], back["most"]) == 8
    assert after["Nodes"] <= 12_000, after
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] * 1.05, (before, after)


def measured(page: Page) -> dict[str, float]:
    """What is left of nodes and heap once the rubbish is out."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    for _ in range(3):
        devtools.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    devtools.detach()
    return found
