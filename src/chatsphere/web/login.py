"""Signing in and out."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import people, sessions
from chatsphere.core.errors import Refusal
from chatsphere.http import limits
from chatsphere.http.credentials import owner
from chatsphere.http.identity import house, sign_out, who
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sets_up, wanted_page


@pages.get("/login")
def login() -> Response:
    """The form to sign in with."""
    if not is_guest() or house().chat.ask(people.nobody):
        return go("/")
    return _page(Form("login"))


@pages.post("/login")
def signed_in() -> Response:
    """Sign in and go where one wanted to go."""
    form = sent("login", "login", "password")
    try:
        limits.check_sign_in(form.values["login"])
        shown = owner(form.values["login"], form.values["password"])
        return arrive(shown.user_id, "password", proven=shown.proven)
    except Refusal as refusal:
        return _page(form.refused(refusal), refusal.status)


@pages.post("/logout")
@sets_up
def logout() -> Response:
    """End this session; what this browser has kept of it goes too."""
    found = who()
    if found:
        house().chat.do(sessions.end, found.user.id, found.session.id)
    response = make_response(go("/"))
    sign_out(response)
    return response


def _page(form: Form, status: int = 200) -> Response:
    return make_response(
        render_template("session/login.html", form=form, next=wanted_page(), ended="ended" in request.args), status
    )
