"""What a screen reader is told of by itself: what comes in, once; and nothing of what is old, muted or one's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.test_history import room, scrolls, talks
from tests.browser.test_pages import picture

__all__ = ["picture"]

Arrives = Callable[..., Person]
LISTENING = """() => {
  window.heard = [];
  const hear = ({addedNodes}) => addedNodes.forEach((one) => window.heard.push(one.textContent));
  new MutationObserver((all) => all.forEach(hear))
    .observe(document.querySelector("#announcer"), {childList: true, subtree: true});
}"""
# Goes up until so many pages more have come.
UPWARDS = """async (box, pages) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const begin = () => box.querySelector("[role=list] [role=listitem]");
  let came = 0;
  for (let first = begin(); came < pages; first = begin()) {
    box.dispatchEvent(new WheelEvent("wheel", {deltaY: -600}));
    box.scrollTo(0, 0);
    await frame();
    if (begin() !== first) came += 1;
  }
}"""


def hears(person: Person, *lines: str) -> None:
    """Fail unless these lines have been said, and nothing else."""
    expected = json.dumps(lines, ensure_ascii=False, separators=(",", ":"))
    person.page.wait_for_function("(expected) => JSON.stringify(window.heard) === expected", arg=expected)


def asks(person: Person, method: str, path: str, data: dict[str, object]) -> None:
    """Do something that the page has no part in."""
    answer = person.page.context.request.fetch(f"/api/v1/conversations/{path}", method=method, data=data)
    assert answer.ok, answer.text()


def test_each_message_that_comes_in_is_said_once_and_nothing_else_is(arrives: Arrives, picture: Path) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    bo.starts(ada, arrives("cy"), title="Quiet")
    quiet = room(bo)
    asks(ada, "PUT", quiet, {"muted": True})
    bo.starts(ada)
    expect(bo.page.get_by_role("heading", level=1, name=ada.name)).to_be_visible()
    duo = room(bo)
    talks(bo, 600)
    ada.page.goto(f"/c/{duo}?at=601")
    ada.sees("line 600.")
    ada.page.evaluate(LISTENING)

    scrolls(ada).evaluate(UPWARDS, 10)
    ada.says("said by oneself")
    expect(ada.sees("said by oneself").get_by_text(re.compile("^(sent|read)$"))).to_be_attached()
    asks(bo, "PUT", f"{duo}/messages/601", {"content": "line 600, said better"})
    asks(ada, "PUT", f"{duo}/messages/602", {"content": "said by oneself, better"})
    asks(bo, "POST", f"{quiet}/messages", {"content": "nobody need hear this"})
    expect(ada.page.get_by_role("link", name=re.compile("Quiet"))).to_contain_text("nobody need hear this")
    ada.sees("said by oneself, better")

    bo.says("tea at **four**?")
    hears(ada, f"{bo.name}: tea at four?")
    bo.shares(picture, picture, picture, caption="look")
    hears(ada, f"{bo.name}: tea at four?", f"{bo.name}: look, 3 pictures")
    ada.page.reload()
    ada.sees("tea at four?")
    expect(ada.page.get_by_role("log", name="New messages")).to_be_empty()


def test_many_at_once_are_counted_and_the_first_of_a_new_conversation_is_said(arrives: Arrives) -> None:
    ada, bo, cy = arrives("ada"), arrives("bo"), arrives("cy")
    bo.starts(ada)
    ada.page.evaluate(LISTENING)
    talks(bo, 40)
    # However many seconds they take to come, each is in one line.
    ada.page.wait_for_function("""() => 40 === window.heard.reduce(
      (sum, line) => sum + (Number(line.match(/^(\\d+) new messages$/)?.[1]) || 1), 0)""")
    assert len(ada.page.evaluate("window.heard")) < 20
    ada.page.evaluate("window.heard = []")
    cy.starts(ada, bo, title="Tea")
    cy.says("who comes?")
    hears(ada, f"{cy.name} in Tea: who comes?")
