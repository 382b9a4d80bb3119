"""The languages that ChatSphere speaks: their catalogues, their directions, their dates and numbers."""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, dates, lists, numbers, units
from babel.messages import mofile, pofile

from chatsphere.core.phrases import Phrase

LOCALES = Path(__file__).resolve().parent / "locales"
SOURCE = "en"
LANGUAGES = {"en": "English", "fr": "Français", "sw": "Kiswahili", "ar": "العربية"}
"""By code, what each calls itself."""
PSEUDO = "qps"
"""English with marks on its letters, longer by two fifths and read from right to left: shows what nobody translated."""

_RIGHT_TO_LEFT = ("ar", PSEUDO)
# Days before months: whoever reads English anywhere understands "4 March 2026".
_LOCALES = {"en": "en_GB", PSEUDO: "en_GB"}
_UNITS = ("kilobyte", "megabyte", "gigabyte", "terabyte")
_KEPT = re.compile(r"(%%|%\(\w+\)s|\{\w+\}|<[^>]+>|&\w+;)")
_MORE = "~~~~~ "
_MARKED = str.maketrans("AEIOUYaceinouyz", "ÅÉÎÖÛÝåçéîñöûýž")


class Pseudo(gettext.NullTranslations):
    """The catalogue of PSEUDO, which is made as it is read."""

    def gettext(self, message: str) -> str:
        """The text in marked and longer words."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same of one of two forms."""
        return pseudo(msgid1 if n == 1 else msgid2)


def pseudo(text: str) -> str:
    """Marked and longer by two fifths; what is filled in or is markup stays as it is."""
    parts = _KEPT.split(text)
    marked = [part if number % 2 else part.translate(_MARKED) for number, part in enumerate(parts)]
    more = sum(len(part) for part in parts[::2]) * 2 // 5
    return f"[{''.join(marked)}{(_MORE * more)[:more]}]"


def _(text: str) -> str:
    """Marks a text for `make words`."""
    return text


def known(language: str) -> bool:
    """Whether somebody can read ChatSphere in it."""
    return language in LANGUAGES


def tag(language: str) -> str:
    """What stands in `lang`: browsers and readers know no made-up languages."""
    return SOURCE if language == PSEUDO else language


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Which way it is read."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def locale(language: str) -> Locale:
    """How dates and numbers are written in it."""
    return Locale.parse(_LOCALES.get(language, language))


@lru_cache(maxsize=8)
def catalogue(language: str) -> gettext.NullTranslations:
    """The texts of a language, read from its .po file; nothing has to be compiled before."""
    if language == PSEUDO:
        return Pseudo()
    path = LOCALES / language / "pages.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        read = pofile.read_po(file, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def spoken(language: str, text: str) -> str:
    """A phrase, or any text that is in the catalogue, in this language."""
    if not isinstance(text, Phrase):
        return catalogue(language).gettext(text) if text else text
    found = catalogue(language).gettext(text.text)
    filled = {name: _value(language, value) for name, value in text.values.items()}
    return found.format(**filled) if filled else found


def _value(language: str, value: str | int) -> str:
    if isinstance(value, int):
        return number(language, value)
    return spoken(language, value) if isinstance(value, Phrase) else value


def plural(language: str, one: str, many: str, count: int, **values: str) -> str:
    """`plural("fr", "%(num)s person", "%(num)s people", 3)`, in the form that the language has for the number."""
    return catalogue(language).ngettext(one, many, count) % {"num": number(language, count), **values}


def number(language: str, value: float) -> str:
    """Grouped, with the language's own marks; in Western digits everywhere, as the browser's half does."""
    return numbers.format_decimal(value, locale=locale(language))


def day(language: str, at: date | datetime) -> str:
    """4 March 2026."""
    return dates.format_date(at, "long", locale=locale(language))


def day_of_year(language: str, at: datetime) -> str:
    """4 March."""
    return dates.format_skeleton("MMMMd", at, locale=locale(language))


def month(language: str, at: datetime) -> str:
    """March 2026."""
    return dates.format_skeleton("yMMMM", at, locale=locale(language))


def moment(language: str, at: datetime) -> str:
    """4 March 2026, 17:05 UTC."""
    return f"{day(language, at)}, {at:%H:%M} UTC"


def weekday(language: str, at: datetime) -> str:
    """Wednesday, 4 March 2026."""
    return dates.format_date(at, "full", locale=locale(language))


def clock(language: str, at: datetime) -> str:
    """17:05, in every language."""
    return f"{at:%H:%M}"


def size(language: str, value: int) -> str:
    """Bytes as people say them, in thousands: 3.2 MB."""
    whole, unit = float(value), -1
    while whole >= 999.95 and unit < len(_UNITS) - 1:
        whole, unit = whole / 1000, unit + 1
    if unit < 0:
        return plural(language, "%(num)s byte", "%(num)s bytes", value)
    return units.format_unit(whole, _UNITS[unit], "short", format="#,##0.0", locale=locale(language))


def days(language: str, value: int | None) -> str:
    """How long messages stay, as a rule says it."""
    if not value:
        return catalogue(language).gettext(_("for ever"))
    return plural(language, "for %(num)s day", "for %(num)s days", value)


def listed(language: str, things: Iterable[str]) -> str:
    """Ada, Bo and Cy."""
    return lists.format_list(list(things), locale=locale(language))
