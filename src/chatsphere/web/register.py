"""Signing up, which also signs in."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from chatsphere.core import passwords, people
from chatsphere.core.errors import Conflict, Forbidden, Refusal
from chatsphere.core.values import User
from chatsphere.http import limits
from chatsphere.http.identity import house
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, wanted_page


@pages.get("/register")
def register() -> Response:
    """The form for a new account."""
    return _page(Form("register")) if is_guest() else go("/")


@pages.post("/register")
def registered() -> Response:
    """Open the account and sign in, or say at each field what is wrong with it."""
    form = sent("register", "user_name", "email", "password")
    try:
        user = _open_account(form)
    except Conflict as refusal:
        field = "email" if "address" in refusal.detail else "user_name"
        return _page(Form(form.name, form.values, {field: refusal.detail}), refusal.status)
    except Refusal as refusal:
        return _page(form.refused(refusal), refusal.status)
    return arrive(user.id, "sign-up")


def check_open() -> None:
    """Refuse newcomers where nobody may come in unasked, whichever way they come."""
    if house().settings.signup != "open":
        raise Forbidden("New accounts are opened by invitation here.")


def _open_account(form: Form) -> User:
    check_open()
    limits.check("sign-up")
    people.check(**{name: form.values[name] for name in ("user_name", "email", "password")})
    hashed = passwords.hash(form.values["password"])
    return house().chat.do(people.register, form.values["user_name"], form.values["email"], hashed)


def _page(form: Form, status: int = 200) -> Response:
    closed = house().settings.signup != "open"
    html = render_template("user/register.html", form=form, closed=closed, next=wanted_page())
    return make_response(html, status)
