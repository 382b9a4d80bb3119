"""Days and months are those of where one lives, in the messages and in the gallery."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import Person


def test_each_reads_the_days_and_months_of_their_own_zone(arrives: Callable[..., Person], tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), (20, 160, 60)).save(tmp_path / "leaf.png")
    # Twenty-five hours apart, so that it is never the same day.
    ada, bo = arrives("ada", timezone_id="Pacific/Kiritimati"), arrives("bo", timezone_id="Pacific/Niue")
    ada.starts(bo)
    bo.opens(ada.name)
    ada.shares(tmp_path / "leaf.png", caption="a leaf")
    days = []
    for person in (ada, bo):
        expect(person.sees("a leaf").get_by_role("button", name="Open picture")).to_be_visible()
        time = person.page.locator(".day time")
        days.append(str(time.evaluate("time => new Date(time.dateTime).toLocaleDateString('en-CA')")))
        expect(time).to_have_text(re.compile(rf"^Today, .*\b{int(days[-1][8:])}\b"))
    assert days[0] > days[1]
    for person, day in zip((ada, bo), days, strict=True):
        person.page.get_by_role("link", name="Gallery", exact=True).first.click()
        month = person.page.get_by_role("heading", level=2).locator("time")
        expect(month).to_have_attribute("datetime", day[:7])
        expect(person.page.locator(".shots").get_by_role("link")).to_have_count(1)


def test_after_midnight_today_is_yesterday_by_itself(arrives: Callable[..., Person]) -> None:
    ada, bo = arrives("ada", timezone_id="Asia/Tokyo", locale="en-GB"), arrives("bo")
    bo.starts(ada)
    bo.says("good night")
    ada.page.clock.install()
    ada.page.goto("/")
    ada.opens(bo.name)
    day, row = ada.page.locator(".day time"), ada.page.locator("#rows time")
    expect(day).to_have_text(re.compile("^Today, "))
    expect(row).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(ada.sees("good night").locator("time")).to_have_attribute("title", re.compile(r"day.*20\d\d.*\d\d:\d\d"))
    ada.page.clock.fast_forward("24:00:00")
    expect(day).to_have_text(re.compile("^Yesterday, "))
    expect(row).to_have_text(re.compile(r"^\w{3}$"))
