"""Showing once more that it is oneself, before what matters: five minutes then pass before one is asked again."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import make_response, render_template
from werkzeug.wrappers import Response

from chatsphere.core import sessions
from chatsphere.core.errors import Refusal
from chatsphere.core.phrases import phrase
from chatsphere.http.credentials import require_password
from chatsphere.http.identity import house, me, signed_in, viewer
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sets_up, sign_in_first, wanted_page


def confirm_first(path: str) -> Response:
    """Whoever has not shown lately that it is them comes back here once they have."""
    return go(f"/confirm?{urlencode({'next': path})}")


@pages.get("/confirm")
@sets_up
def confirm() -> Response:
    """The ways to show it."""
    return sign_in_first() if is_guest() else _page(Form("confirm"))


@pages.post("/confirm")
@sets_up
def confirmed() -> Response:
    """By the password."""
    if is_guest():
        return sign_in_first()
    form = sent("confirm", "password")
    try:
        require_password(form.values["password"])
    except Refusal as refusal:
        wrong = phrase("This is not your password.") if refusal.status == 422 else refusal.detail
        return _page(Form("confirm", {}, {"password": wrong}), refusal.status)
    house().chat.do(sessions.confirm, me(), signed_in().session.id)
    return go(wanted_page())


def _page(form: Form, status: int = 200) -> Response:
    html = render_template("session/confirm.html", form=form, next=wanted_page(), user=viewer())
    return make_response(html, status)
