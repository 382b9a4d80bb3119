"""Texts in the reader's language: what the templates and the doors say goes through here."""

from __future__ import annotations

from datetime import date, datetime
from gettext import NullTranslations

import flask_babel
from flask import Flask, g, request
from werkzeug.wrappers import Response

from chatsphere import languages
from chatsphere.http.identity import house
from chatsphere.languages import LANGUAGES, PSEUDO, SOURCE
from chatsphere.spoken import teach

COOKIE = "language"
_YEAR = 365 * 24 * 3600


class Domain(flask_babel.Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel's texts, read from the catalogues as they are written."""

    def get_translations(self) -> NullTranslations:
        """Those of whoever asks."""
        return languages.catalogue(language())


class Babel(flask_babel.Babel):  # type: ignore[misc]  # the same
    """Flask-Babel over our own catalogues."""

    domain_instance = Domain()


def install(app: Flask) -> None:
    """Give the templates `_()`, `ngettext()`, `|spoken` and dates and numbers in the language of whoever asks."""
    Babel(app, locale_selector=lambda: str(languages.locale(language())))
    teach(app.jinja_env, language)
    app.jinja_env.globals.update(languages=LANGUAGES)


def language() -> str:
    """The language of this request: what whoever asks has chosen, or their browser, or the first it names."""
    found = g.get("signed_in")
    if found is not None and languages.known(found.user.language):
        return str(found.user.language)
    chosen = request.cookies.get(COOKIE, "")
    if languages.known(chosen) or chosen == PSEUDO:
        return chosen
    return asked()


def own() -> str:
    """The language to keep for somebody new: this request's, where it is another than English."""
    now = language()
    return now if languages.known(now) and now != SOURCE else ""


def asked() -> str:
    """The language that this browser asks for, among those we have."""
    # Not by `best_match`: of "fr-CA, en" it takes the English.
    wanted = (one.partition("-")[0].lower() for one, quality in request.accept_languages if quality > 0)
    return next((one for one in wanted if one in LANGUAGES), SOURCE)


def speak(response: Response, wanted: str) -> None:
    """Have this browser's pages speak a language from now on, whoever sits there; "" is what it asks for itself."""
    secure = house().settings.secure
    if wanted:
        response.set_cookie(COOKIE, wanted, max_age=_YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax", secure=secure)


def direction() -> str:
    """Which way this request's language is read."""
    return languages.direction(language())


def gettext(text: str, **values: str) -> str:
    """A text of ours in the language of this request."""
    found = languages.catalogue(language()).gettext(text)
    return found % values if values else found


def spoken(text: str) -> str:
    """A phrase in the language of this request."""
    return languages.spoken(language(), text)


def counted(one: str, many: str, count: int, **values: str) -> str:
    """So many of something, in the language of this request."""
    return languages.plural(language(), one, many, count, **values)


def day(at: date | datetime) -> str:
    """A date in the language of this request."""
    return languages.day(language(), at)
