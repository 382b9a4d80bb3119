"""What is begun in one place and gone on with in another: two tabs, far back in the history, on the way to a room."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect

from tests.browser.people import Person
from tests.browser.test_history import room, talks
from tests.browser.test_layout import begins

Arrives = Callable[..., Person]
KEPT = "(words) => Object.entries(localStorage).some(([key, value]) => /draft/.test(key) && value.includes(words))"


def kept(person: Person, words: str) -> None:
    """Wait until these words lie in the browser, as begun."""
    person.page.wait_for_function(KEPT, arg=words)


def test_a_draft_is_the_same_in_two_tabs_and_what_was_sent_comes_back_in_neither(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    second = Person(ada.page.context.new_page(), ada.name)
    second.page.goto(ada.page.url)
    expect(second.composer).to_be_editable()
    ada.composer.fill("half a thought")
    expect(second.composer).to_have_value("half a thought")
    second.composer.fill("half a thought, and more")
    expect(ada.composer).to_have_value("half a thought, and more")
    ada.says("all of it")
    expect(second.composer).to_have_value("")
    ada.composer.fill("the next one")
    kept(ada, "the next one")
    ada.page.reload()
    expect(ada.composer).to_have_value("the next one")


def test_what_a_tab_has_not_changed_it_does_not_write_over_what_another_has(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    ada.composer.fill("first words")
    kept(ada, "first words")
    second = Person(ada.page.context.new_page(), ada.name)
    second.page.add_init_script(
        "addEventListener('storage', (event) => event.stopImmediatePropagation(), true)",
    )
    second.page.goto(ada.page.url)
    expect(second.composer).to_have_value("first words")
    ada.composer.fill("last words")
    kept(ada, "last words")
    second.page.goto("/settings")
    third = Person(ada.page.context.new_page(), ada.name)
    third.page.goto(ada.page.url)
    expect(third.composer).to_have_value("last words")


def test_an_answer_to_something_far_back_is_kept_and_sent_as_one(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    here = room(ada)
    ada.says("where it all began")
    ada.page.goto("/settings")
    talks(ada, 130, to=here)
    ada.page.goto(f"/c/{here}?at=2")
    begun = ada.messages.filter(has_text="where it all began")
    expect(begun).to_be_in_viewport()
    begun.focus()
    ada.page.keyboard.press("r")
    answering = ada.page.locator("#answering")
    expect(answering).to_contain_text("where it all began")
    ada.composer.fill("I remember")
    kept(ada, "I remember")
    ada.page.goto("/")
    ada.page.get_by_role("link", name=bo.name).first.click()
    expect(ada.messages.filter(has_text="line 130.")).to_be_in_viewport()
    expect(answering).to_contain_text("where it all began")
    ada.composer.press("Enter")
    said = ada.messages.filter(has_text="I remember")
    expect(said.get_by_text("where it all began")).to_be_visible()
    expect(answering).to_be_hidden()


def test_what_was_cleared_is_not_answered_any_more(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    ada.starts(bo)
    here = room(ada)
    bo.opens(ada.name)
    bo.says("shall we go?")
    ada.sees("shall we go?").focus()
    ada.page.keyboard.press("r")
    answering = ada.page.locator("#answering")
    expect(answering).to_contain_text("shall we go?")
    ada.composer.fill("gladly")
    kept(ada, "gladly")
    # She lets go of it all at another device, and he writes once more.
    ada.page.goto("/settings")
    assert ada.page.context.request.delete(f"/api/v1/conversations/{here}").ok
    bo.says("are you there?")
    # Until that is there the conversation is not.
    expect(bo.sees("are you there?").get_by_text("sent")).to_be_attached()
    ada.page.goto(f"/c/{here}")
    expect(ada.sees("are you there?")).to_be_visible()
    ada.composer.fill("gladly, now")
    expect(answering).to_be_hidden()
    ada.composer.press("Enter")
    expect(bo.sees("gladly, now")).to_be_visible()


def test_who_turns_away_while_a_room_is_fetched_is_not_brought_back_to_waiting(arrives: Arrives) -> None:
    ada, bo = arrives("ada"), arrives("bo")
    begins(ada, bo, "Tea", "Cake")
    page, held = ada.page, list[Route]()
    page.get_by_role("link", name=re.compile("Tea")).click()
    expect(page.get_by_role("heading", level=1, name="Tea")).to_be_focused()
    page.goto("/")
    page.get_by_role("link", name=re.compile("Tea")).click()
    expect(page.get_by_role("heading", level=1, name="Tea")).to_be_focused()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/messages?*", hold)
    # Both within a breath: the one that has to be fetched, and back.
    page.evaluate(
        """() => {
          const row = (title) => [...document.querySelectorAll("a.row")].find((one) => one.textContent.includes(title));
          row("Cake").click();
          row("Tea").click();
          window.turned = performance.now();
        }"""
    )
    page.wait_for_function("() => performance.now() > window.turned + 400")
    expect(page.get_by_role("heading", level=1, name="Tea")).to_be_visible()
    expect(page.get_by_text("Fetching what was said…")).to_be_hidden()
    expect(ada.composer).to_be_visible()
    for route in held:
        route.continue_()
