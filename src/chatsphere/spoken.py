"""Templates in a reader's language, wherever they are filled in: pages, letters, exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from chatsphere import languages

T = TypeVar("T")
Asked = Callable[[], str]
"""What language is to be spoken now."""


def teach(environment: Environment, asked: Asked) -> None:
    """Give templates `_()`, `ngettext()`, `|spoken`, and dates, sizes and numbers in the language that is asked for."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: languages.catalogue(asked()).gettext(text),
        ngettext=lambda one, many, count: languages.catalogue(asked()).ngettext(one, many, count),
        newstyle=True,
    )
    environment.globals.update(
        ngettext=_counting(asked),
        language=lambda: languages.tag(asked()),
        direction=lambda: languages.direction(asked()),
    )
    ways: dict[str, Callable[[str, Any], str]] = {
        "spoken": languages.spoken,
        "number": languages.number,
        "size": languages.size,
        "days": languages.days,
        "day": languages.day,
        "day_of_year": languages.day_of_year,
        "month": languages.month,
        "weekday": languages.weekday,
        "clock": languages.clock,
        "moment": languages.moment,
        "listed": languages.listed,
        "dated": _dated,
        "timed": _timed,
    }
    environment.filters.update({name: _in(asked, way) for name, way in ways.items()})


def _counting(asked: Asked) -> Callable[..., str]:
    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, **values: Any) -> str:
        """Jinja's own, with its number written as the language writes numbers."""
        found = languages.catalogue(asked()).ngettext(one, many, count)
        text = Markup(found) if context.eval_ctx.autoescape else found  # noqa: S704 - a text of ours  # nosec B704
        return text % {"num": languages.number(asked(), count), **values}

    return ngettext


def _dated(language: str, at: datetime) -> Markup:
    return _TIME.format(at.isoformat(), languages.day(language, at))


def _timed(language: str, at: datetime) -> Markup:
    return _TIME.format(at.isoformat(), languages.moment(language, at))


def _in(asked: Asked, way: Callable[[str, T], str]) -> Callable[[T], str]:
    return lambda value: way(asked(), value)


_TIME = Markup('<time datetime="{}">{}</time>')
