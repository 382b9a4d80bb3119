"""A page as assistive technology finds it: its fields, buttons, links and lists by their accessible names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_TEXTBOXES = {"text", "email", "password", "search", "url", "tel"}


@dataclass
class Element:
    """One element and what is in it."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    def all(self) -> Iterator[Element]:
        """This element and all in it, in the order of the document."""
        yield self
        for child in self.content:
            if isinstance(child, Element):
                yield from child.all()

    def text(self) -> str:
        """What is written in it, spaces in one; what is hidden from assistive technology is not there."""
        parts = [one if isinstance(one, str) else one.text() for one in self.content]
        heard = "" if self.attributes.get("aria-hidden") == "true" else " ".join(parts)
        return " ".join((self.attributes.get("alt", "") + " " + heard).split())


class Page(HTMLParser):
    """A parsed document."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.root = self._here = Element("", {})
        self.feed(source)
        self.elements = list(self.root.all())

    def role(self, element: Element) -> str:
        """The role that an element has, as far as this suite asks."""
        kind = element.attributes.get("type", "text")
        implied = {
            "button": "button",
            "a": "link",
            "ul": "list",
            "ol": "list",
            "textarea": "textbox",
            "dialog": "dialog",
        }
        if element.tag == "input":
            implied["input"] = {"search": "searchbox", "file": "file"}.get(
                kind, "textbox" if kind in _TEXTBOXES else kind
            )
        return element.attributes.get("role", implied.get(element.tag, ""))

    def name(self, element: Element) -> str:
        """The accessible name of an element."""
        if labelled := element.attributes.get("aria-labelledby"):
            return " ".join(
                one.text() for key in labelled.split() for one in self.elements if one.attributes.get("id") == key
            )
        if label := element.attributes.get("aria-label"):
            return label
        if element.tag in ("input", "textarea", "select"):
            return next((label.text() for label in self._labels(element)), element.attributes.get("title", ""))
        return element.text() or element.attributes.get("title", "")

    def names(self, role: str) -> list[str]:
        """The accessible names of all that has a role."""
        return [self.name(one) for one in self.elements if self.role(one) == role]

    def form(self, button: str) -> Element:
        """The form that a button of this name sends."""
        for one in self.elements:
            if self.role(one) == "button" and self.name(one) == button:
                while one.parent is not None and one.tag != "form":
                    one = one.parent
                return one
        raise AssertionError(f"no button {button}")

    def filled(self, form: Element, **labelled: str) -> dict[str, str]:
        """What a form sends once fields were filled in by their labels (with `_` for a space)."""
        values = {}
        for one in form.all():
            if one.tag == "input" and "name" in one.attributes:
                label = self.name(one)
                given = {name.replace("_", " "): value for name, value in labelled.items()}
                values[one.attributes["name"]] = given.get(label, one.attributes.get("value", ""))
        return values

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._here)
        self._here.content.append(element)
        if tag not in _EMPTY:
            self._here = element

    def handle_endtag(self, tag: str) -> None:
        one: Element | None = self._here
        while one is not None and one.tag != tag:
            one = one.parent
        if one is not None and one.parent is not None:
            self._here = one.parent

    def handle_data(self, data: str) -> None:
        self._here.content.append(data)

    def _labels(self, element: Element) -> Iterator[Element]:
        for one in self.elements:
            if one.tag == "label" and (
                element in one.all() or one.attributes.get("for") == element.attributes.get("id", "-")
            ):
                yield one
