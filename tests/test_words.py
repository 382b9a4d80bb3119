"""No text is missing in any language, none is left over, and what is filled into each is filled into all."""

from __future__ import annotations

import importlib.util
import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages import Message

from chatsphere import languages
from chatsphere.core.phrases import Phrase, phrase

ROOT = Path(__file__).resolve().parents[1]
HOLES = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+")


@lru_cache(maxsize=1)
def tool() -> Any:
    spec = importlib.util.spec_from_file_location("words", ROOT / "tools" / "words.py")
    assert spec
    assert spec.loader
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BOTH = [(language, catalogue) for language in ("fr", "sw", "ar") for catalogue in ("pages", "app")]


def test_every_language_but_the_first_has_its_catalogues() -> None:
    assert list(tool().TRANSLATED) == ["fr", "sw", "ar"]
    assert set(tool().PLURALS) == set(tool().TRANSLATED)


@pytest.mark.parametrize(("language", "catalogue"), BOTH)
def test_every_text_is_translated_and_nothing_is_left_over(language: str, catalogue: str) -> None:
    """`make words` brings the catalogues up to date, and prints what is to translate."""
    made = tool().merged(language, catalogue)
    assert tool().missing(made) == []
    assert tool().written(language, made) == (languages.LOCALES / language / f"{catalogue}.po").read_text("utf-8")


@pytest.mark.parametrize(("language", "catalogue"), BOTH)
def test_what_is_filled_in_and_marked_up_is_the_same_in_each_language(language: str, catalogue: str) -> None:
    wrong = [message.id for message in tool().read(language, catalogue) if message.id and not agrees(message)]
    assert wrong == []


def agrees(message: Message) -> bool:
    if isinstance(message.id, str):
        return sorted(HOLES.findall(message.id)) == sorted(HOLES.findall(str(message.string)))
    # "One picture" may leave its number out, and so may the form for none or for two.
    most = set(HOLES.findall(message.id[1]))
    forms = [set(HOLES.findall(form)) for form in message.string or ()]
    return all(most - {"%(num)s", "{count}"} <= form <= most for form in forms) and forms[-1] == most


@pytest.mark.parametrize("language", ["fr", "sw", "ar"])
def test_the_browsers_half_is_what_its_catalogue_says(language: str) -> None:
    made = tool().merged(language, "app")
    assert tool().module(language, made) == (tool().MODULES / f"{language}.js").read_text("utf-8")


def test_a_phrase_knows_what_it_was_made_of() -> None:
    said = phrase("Use at most {most} characters.", most=2000)
    assert said == "Use at most 2,000 characters."
    assert isinstance(said, Phrase)
    assert (said.text, said.values) == ("Use at most {most} characters.", {"most": 2000})


def test_made_up_english_is_longer_and_keeps_what_is_filled_in() -> None:
    assert languages.spoken("qps", phrase("Type {name} to delete.", name="ada")) == "[Týpé ada tö délété.~~~~~ ]"
    assert languages.pseudo("On <b>%(day)s</b> &amp; then") == "[Öñ <b>%(day)s</b> &amp; thé" + "ñ~~~]"
    assert languages.direction("qps") == languages.direction("ar") == "rtl"


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "4 March 2026"), ("fr", "4 mars 2026"), ("sw", "4 Machi 2026"), ("ar", "4 مارس 2026")],
)
def test_dates_are_in_words_everywhere(language: str, said: str) -> None:
    assert languages.day(language, datetime(2026, 3, 4, tzinfo=UTC)) == said
