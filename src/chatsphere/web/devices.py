"""Devices: where one is signed in, and signing out there."""

from __future__ import annotations

from werkzeug.wrappers import Response

from chatsphere.core import sessions
from chatsphere.http.identity import house, me, signed_in
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show


@pages.get("/settings/devices")
def devices() -> Response:
    """Where one is signed in."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/sessions/<session_id>/end")
def end_session(session_id: str) -> Response:
    """Sign out somewhere else."""
    return changed("devices", Form("sessions"), lambda: house().chat.do(sessions.end, me(), session_id), _page)


def _page(refused: Form | None = None, status: int = 200) -> Response:
    mine = house().chat.ask(sessions.mine, me())
    return show("devices", refused, status, sessions=mine, current=signed_in().session.id)
