"""Phrases: sentences for people that know what they were made of, so that another language can say them."""

from __future__ import annotations


class Phrase(str):
    """A sentence in English, with its `text` (what varies is named in braces) and the `values` that fill it."""

    text: str
    values: dict[str, str | int]

    def __new__(cls, text: str, values: dict[str, str | int] | None = None) -> Phrase:
        """The English sentence; whole numbers in it are grouped by thousands."""
        values = values or {}
        grouped = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        made = super().__new__(cls, text.format(**grouped) if grouped else text)
        made.text, made.values = text, values
        return made


def phrase(text: str, **values: str | int) -> Phrase:
    """`phrase("Use at most {most} characters.", most=2000)`: what `make words` finds, and pages say in their reader's
    language."""
    return Phrase(text, values)
