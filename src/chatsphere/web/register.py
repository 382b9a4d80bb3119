"""Signing up, which also signs in; and the very first account, whose owner looks after the house."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import choices, passwords, people
from chatsphere.core.errors import Conflict, Refusal
from chatsphere.core.values import User
from chatsphere.http import limits, signup, words
from chatsphere.http.identity import house
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, wanted_page

FIELDS = ("user_name", "email", "password")


@pages.get("/register")
def register() -> Response:
    """The form for a new account."""
    return _page(Form("register")) if is_guest() else go("/")


@pages.post("/register")
def registered() -> Response:
    """Open the account and sign in, or say at each field what is wrong with it."""
    first = sent("register", "first").values["first"] == "yes"
    form = sent("register", *FIELDS, *(("display_name", "code") if first else ()))
    try:
        user = open_account(form, only_first=first)
    except Refusal as refusal:
        return _page(refused(form, refusal), refusal.status)
    return arrive(user.id, "sign-up")


def open_account(form: Form, invitation: str | None = None, *, only_first: bool = False) -> User:
    """An account as the form has it, by an invitation or without; `only_first` is for the first of all."""
    given = {name: form.values[name] for name in (*FIELDS, "display_name") if form.values.get(name)}
    limits.check("sign-up")
    signup.permit(invited=invitation is not None, first=only_first, code=form.values.get("code"))
    people.check(**{**dict.fromkeys(FIELDS, ""), **given})
    limits.check_letter(given["email"], by_newcomer=True)
    # Here and not in the operation: it takes its time, and the writer has none.
    hashed = passwords.hash(given["password"])
    return house().chat.do(
        choices.begin,
        words.own(),
        given["user_name"],
        given["email"],
        hashed,
        given.get("display_name"),
        invitation=invitation,
        only_first=only_first,
    )


def refused(form: Form, refusal: Refusal) -> Form:
    """The form again, with what is wrong where it belongs."""
    if isinstance(refusal, Conflict):
        return Form(form.name, form.values, {"email" if "address" in refusal.detail else "user_name": refusal.detail})
    return form.refused(refusal)


def first_page(form: Form | None = None, status: int = 200) -> Response:
    """What an empty house shows to whoever comes first."""
    form, code = form or Form("register"), signup.needs_code()
    return make_response(
        render_template("user/first.html", form=form, code=code, signup=house().settings.signup), status
    )


def _page(form: Form, status: int = 200) -> Response:
    nobody, closed = house().chat.ask(people.nobody), signup.CLOSED.get(house().settings.signup)
    # Of a house that is not open the first account is made on its first page, and here nobody's.
    if nobody and (closed is None or "first" in request.form):
        return first_page(form, status)
    known = {"closed": closed, "nobody": nobody, "signup": house().settings.signup}
    html = render_template("user/register.html", form=form, next=wanted_page(), **known)
    return make_response(html, status)
