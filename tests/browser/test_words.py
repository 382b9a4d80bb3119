"""People who read other languages: from right to left, in longer words, and together with somebody who does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

Window = Callable[..., Page]
Arrives = Callable[..., Person]

# What is on the page and was said by us and not by people, without the marks of the made-up language.
PLAIN = """() => {
  const own = "script, style, template, svg, .text, .name, .preview, #title, code, b, [translate=no], .sphere";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const said = [];
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest(own)) said.push(walker.currentNode.data);
  }
  for (const one of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
    if (!one.closest(own) && !one.matches("time")) {
      said.push(one.ariaLabel ?? "", one.placeholder ?? "", one.title);
    }
  }
  return said.filter((one) => /[a-z]{3,} [a-z]{3,}/i.test(one) && !/[\\[\\]~]/.test(one));
}"""


@pytest.mark.parametrize("width", [1440, 390])
def test_somebody_who_reads_arabic_talks_with_somebody_who_does_not(
    arrives: Arrives, window: Window, width: int
) -> None:
    bo, ada = arrives("bo"), arrives("ada", width=width)
    ada.page.goto("/settings")
    ada.page.get_by_label("ChatSphere speaks").select_option("ar")
    ada.page.locator("#language").get_by_role("button").click()
    expect(ada.page.get_by_role("heading", name="اللغة")).to_be_visible()
    bo.starts(ada)
    bo.says("hello")
    ada.page.goto("/")
    expect(ada.page.locator("html")).to_have_attribute("dir", "rtl")
    ada.page.get_by_role("link", name=bo.name).first.click()
    expect(ada.page.get_by_role("textbox", name="رسالة", exact=True)).to_be_visible()
    words = ada.page.get_by_role("list", name="الرسائل").get_by_text("hello")
    expect(words).to_be_visible()
    # Nobody knows in what language it is: not in the page's.
    assert words.evaluate("words => words.closest('[lang]').lang") == ""
    expect(ada.page.get_by_text("اليوم، ")).to_be_visible()
    ada.page.get_by_role("textbox", name="رسالة", exact=True).fill("أهلاً يا صديقي")
    ada.page.get_by_role("button", name="إرسال", exact=True).click()
    bo.sees("أهلاً يا صديقي")
    assert width_to_spare(ada.page) == 0
    mine, theirs = (ada.page.locator(".bubble").filter(has_text=words).bounding_box() for words in ("أهلاً", "hello"))
    assert mine
    assert theirs
    assert mine["x"] < theirs["x"]


@pytest.mark.parametrize("width", [1440, 390])
def test_in_longer_words_from_right_to_left_nothing_is_cut_and_nothing_is_left_in_english(
    arrives: Arrives, width: int
) -> None:
    ada, bo = arrives("ada", width=width), arrives("bo")
    bo.starts(ada)
    bo.says("hello")
    ada.page.context.add_cookies([{"name": "language", "value": "qps", "url": ada.page.url}])
    for path in ("/settings", "/settings/security", "/settings/privacy", "/settings/data", "/settings/appearance"):
        ada.page.goto(path)
        assert ada.page.evaluate(PLAIN) == [], path
        assert width_to_spare(ada.page) == 0, path
        assert violations(ada.page) == [], path
    ada.page.goto("/")
    ada.page.locator("a.row").first.click()
    expect(ada.page.get_by_text("hello", exact=True).last).to_be_visible()
    assert ada.page.evaluate(PLAIN) == []
    assert width_to_spare(ada.page) == 0
    if width < 1240:
        ada.page.locator("#details-open").click()
    expect(ada.page.locator("#details")).to_be_visible()
    assert ada.page.evaluate(PLAIN) == []
