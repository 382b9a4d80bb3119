"""The overview: how much there is of everything, what is not well, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Response

from chatsphere import __version__, doctor
from chatsphere.core import overview, reports
from chatsphere.core.overview import Counts
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, me, viewer
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, show
from chatsphere.web.pages import pages

DESKS["overview"] = Desk("overview", "/admin", phrase("Overview"), "server")


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is worth doing next; `path` leads to where it is done, and is empty where that is the server."""

    title: str
    words: str
    path: str = ""


@pages.get("/admin")
@administrators_only
def admin_overview() -> Response:
    """Where this installation stands."""
    counts = house().chat.ask(overview.counts)
    waiting = house().chat.ask(reports.waiting, me())
    ill = [one for one in doctor.examine(house().settings) if not one.well]
    steps = list(_steps(counts))
    desk = DESKS.get("reports")
    queue = desk.path if desk else ""
    more: dict[str, Any] = {"ill": ill, "steps": steps, "version": __version__}
    return show("overview", counts=counts, waiting=waiting, queue=queue, **more)


def _steps(counts: Counts) -> Iterator[Step]:
    settings = house().settings
    if not viewer().second_factor:
        yield Step(
            phrase("Set up a second factor"),
            phrase("What you can do here is worth more than a password."),
            "/settings/security",
        )
    if counts.administrators < 2:
        yield Step(
            phrase("Make somebody else an administrator too"),
            phrase("So that nobody is locked out with you."),
            "/admin/people",
        )
    if settings.base_url is None:
        yield Step(
            phrase("Say under which address people come"),
            phrase("Set CHATSPHERE_BASE_URL; until then only this machine can."),
        )
    if settings.smtp_url is None:
        yield Step(
            phrase("Give it a mail server"),
            phrase("Set CHATSPHERE_SMTP_URL, or forgotten passwords are yours to deal with."),
        )
    if settings.signup == "open" and settings.base_url:
        yield Step(
            phrase("Decide who may sign up"),
            phrase("Anybody can at the moment: CHATSPHERE_SIGNUP is open."),
            "/admin/settings",
        )
