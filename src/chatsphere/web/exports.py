"""Exports: asking for one, seeing how far it is, fetching it."""

from __future__ import annotations

from flask import jsonify
from werkzeug.wrappers import Response

from chatsphere.core import exports
from chatsphere.http import blobs, limits
from chatsphere.http.identity import house, is_confirmed, me, require_confirmed
from chatsphere.web.confirm import confirm_first
from chatsphere.web.data import page
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed


@pages.post("/settings/export")
def begin_export() -> Response:
    """Have an export made of everything of one's own; asks who one is."""

    def begin() -> None:
        require_confirmed()
        limits.check("export")
        house().chat.do(exports.begin, me())

    return changed("data", Form("export"), begin, page)


@pages.get("/settings/data/export")
def export_progress() -> Response:
    """How far it is, for the page that shows it."""
    if is_guest():
        return sign_in_first()
    job = house().chat.ask(exports.asked, me())
    return jsonify({"state": job.state if job else None, "progress": job.progress if job else 0})


@pages.get("/settings/data/export/<export_id>")
def fetch_export(export_id: str) -> Response:
    """The export itself, for its owner alone; asks who one is."""
    if is_guest():
        return sign_in_first()
    if not is_confirmed():
        return confirm_first("/settings/data")
    answer = blobs.served(house().chat.ask(exports.readable, me(), export_id))
    # Whoever uses this browser later finds nothing of it.
    answer.headers["Cache-Control"] = "no-store"
    return answer
