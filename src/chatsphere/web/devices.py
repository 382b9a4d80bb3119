"""Devices: where one is signed in, and signing out there."""

from __future__ import annotations

from datetime import datetime, timedelta

from werkzeug.wrappers import Response

from chatsphere.core import sessions
from chatsphere.http import agents, words
from chatsphere.http.identity import device_token, house, me, signed_in
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show

ICONS: dict[agents.Kind, str] = {
    "phone": "smartphone",
    "tablet": "tablet",
    "computer": "laptop",
    "program": "server",
}
"""What each kind of device is shown as."""

# Sessions are noted to be in use every few minutes only.
_NOW = timedelta(minutes=10)


@pages.app_template_filter()
def device_icon(device: str) -> str:
    """The icon of what these words are about."""
    return ICONS[agents.kind(device)]


@pages.app_template_filter()
def ago(moment: datetime) -> str:
    """How long ago that was, so that it needs no time zone."""
    passed = house().chat.clock() - moment
    if passed < _NOW:
        return words.gettext("just now")
    if passed < timedelta(hours=1):
        return words.counted("%(num)s minute ago", "%(num)s minutes ago", passed // timedelta(minutes=1))
    if passed < timedelta(days=1):
        return words.counted("%(num)s hour ago", "%(num)s hours ago", passed // timedelta(hours=1))
    if passed < timedelta(days=14):
        return words.counted("%(num)s day ago", "%(num)s days ago", passed // timedelta(days=1))
    return words.gettext("on %(day)s", day=words.day(moment))


@pages.get("/settings/devices")
def devices() -> Response:
    """Where one is signed in."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/sessions/<session_id>/end")
def end_session(session_id: str) -> Response:
    """Sign out somewhere else."""
    return changed("devices", Form("sessions"), lambda: house().chat.do(sessions.end, me(), session_id), _page)


@pages.post("/settings/sessions/end")
def end_other_sessions() -> Response:
    """Sign out everywhere else."""

    def end() -> None:
        house().chat.do(sessions.end_others, me(), signed_in().session.id, device_token())

    return changed("devices", Form("sessions"), end, _page)


def _page(refused: Form | None = None, status: int = 200) -> Response:
    here = signed_in().session.id
    mine = house().chat.ask(sessions.mine, me())
    mine.sort(key=lambda one: (one.id == here, one.last_seen_at), reverse=True)
    return show("devices", refused, status, sessions=mine, current=here)
