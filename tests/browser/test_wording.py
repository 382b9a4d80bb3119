"""Words as they look: what is hidden until asked for, who is spoken to, code in colours, what is long or very short."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.people import Person
from tests.browser.test_pages import violations, width_to_spare

CODE = """```python
@cache
def steep(metres: int) -> bool:  # the third ridge
    return f"{metres} m" != "flat" and metres > 1200
```"""


def test_words_show_what_they_are_to_whoever_reads_them(arrives: Callable[..., Person]) -> None:
    ada, bo = arrives("ada"), arrives("bo", width=390, height=800, dark=True)
    ada.starts(bo)
    bo.opens(ada.name)
    ada.says(f"@{bo.name} and @nobody-here: it ends ||on the *summit*|| of course")
    ada.says(CODE)
    ada.says("🧡 🏔️")
    ada.says("\n".join(f"line {number}" for number in range(1, 60)))
    told = bo.sees("of course")
    expect(told.locator(".mention.own")).to_have_text(f"@{bo.name}")
    expect(ada.sees("of course").locator(".mention")).to_have_text(f"@{bo.name}")
    expect(told.locator(".mention")).to_have_count(1)
    spoiler = told.get_by_role("button", name="Spoiler. Show it")
    expect(told.get_by_text("summit")).to_be_hidden()
    code = bo.messages.filter(has_text="def steep")
    assert len(set(code.locator("span[class^=hl-]").evaluate_all("all => all.map((one) => one.className)"))) >= 4
    large = bo.messages.filter(has_text="🏔️")
    assert large.locator(".text").evaluate("one => getComputedStyle(one).fontSize") == "44px"
    long = bo.messages.filter(has_text="line 59")
    before = long.bounding_box()
    long.get_by_role("button", name="Show all").click()
    after = long.bounding_box()
    assert before
    assert after
    assert after["height"] > before["height"] * 2
    for one in (ada, bo):
        assert violations(one.page) == []
        assert width_to_spare(one.page) == 0
    spoiler.focus()
    bo.page.keyboard.press("Enter")
    expect(told.get_by_text("summit")).to_be_visible()
    expect(spoiler).to_have_count(0)
