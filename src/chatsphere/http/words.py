"""Texts in the reader's language: what the templates and the doors say goes through here."""

from __future__ import annotations

from flask import Flask, request
from flask_babel import Babel

LANGUAGES = ("en",)


def install(app: Flask) -> None:
    """Give the templates `_()` and `ngettext()`, in the language of whoever asks."""
    Babel(app, default_translation_directories="locales", locale_selector=language)


def language() -> str:
    """The language of this request."""
    return request.accept_languages.best_match(LANGUAGES) or "en"
