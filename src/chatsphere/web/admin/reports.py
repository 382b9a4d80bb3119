"""Reports: what somebody asked the administrators to look at, in the order in which it came."""

from __future__ import annotations

from typing import cast

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import reports
from chatsphere.core.phrases import phrase
from chatsphere.core.reports import Outcome
from chatsphere.http import blobs
from chatsphere.http.identity import house, me
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, show, tried
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, pages

DESKS["reports"] = Desk("reports", "/admin/reports", phrase("Reports"), "flag")

_AT_ONCE = 30


@pages.get("/admin/reports")
@administrators_only
def admin_reports() -> Response:
    """What waits, oldest first; below it what was closed, newest first."""
    after, closed_after = request.args.get("after"), request.args.get("closed_after")
    waiting = house().chat.ask(reports.queue, me(), "open", _AT_ONCE, after)
    closed = house().chat.ask(reports.queue, me(), "closed", _AT_ONCE, closed_after)
    path = DESKS["reports"].path
    following = f"{path}?after={waiting.next}" if waiting.next else ""
    earlier = f"{path}?closed_after={closed.next}#closed" if closed.next else ""
    return show("reports", waiting=waiting.items, closed=closed.items, following=following, earlier=earlier)


@pages.get("/admin/reports/<report_id>")
@administrators_only
def admin_report(report_id: str) -> Response:
    """One report: what it is about, who made it and why, and what came before."""
    return _page(report_id)


@pages.post("/admin/reports/<report_id>/close")
@administrators_only
def admin_close_report(report_id: str) -> Response:
    """How it ends."""
    form = sent("close", "outcome", "note")

    def close() -> None:
        outcome = cast("Outcome", form.values["outcome"])
        house().chat.do(reports.close, me(), report_id, outcome, form.values["note"])

    def again(refused: Form, status: int) -> Response:
        return _page(report_id, refused, status)

    path = DESKS["reports"].path
    return tried(form, close, again, f"{path}/{report_id}") or go(f"{path}?done=close")


@pages.get("/admin/reports/<report_id>/files/<file_id>")
@administrators_only
def admin_reported_file(report_id: str, file_id: str) -> Response:
    """The bytes of what an open report is about, and of nothing else."""
    return _file(report_id, file_id)


@pages.get("/admin/reports/<report_id>/files/<file_id>/<name>")
@administrators_only
def admin_reported_rendition(report_id: str, file_id: str, name: str) -> Response:
    """The same in another size."""
    return _file(report_id, file_id, name)


def _file(report_id: str, file_id: str, name: str | None = None) -> Response:
    return blobs.found(house().chat.ask(reports.readable, me(), report_id, file_id, name), file_id, name)


def _page(report_id: str, refused: Form | None = None, status: int = 200) -> Response:
    case = house().chat.ask(reports.show, me(), report_id)
    return show("reports", status, template="report", case=case, form=refused or Form("close"))
