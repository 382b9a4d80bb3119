"""A new password for whoever holds a link that works once."""

from __future__ import annotations

import flask
from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import access, links, passwords, people
from chatsphere.core.errors import NotFound, Refusal
from chatsphere.core.values import User
from chatsphere.http import limits
from chatsphere.http.identity import house
from chatsphere.web.arrival import arrive
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import pages


@pages.get("/reset/<token>")
def reset(token: str) -> Response:
    """The form for a new password; looking at it does not use the link up."""
    limits.check("link")
    user = _owner(token)
    return _page(token, Form("reset"), user) if user else _gone()


@pages.post("/reset/<token>")
def saved_password(token: str) -> Response:
    """Save it, sign out everywhere and sign in here, or say what is wrong with it."""
    limits.check("link")
    form, user = sent("reset", "password"), _owner(token)
    if user is None:
        return _gone()
    try:
        passwords.check(form.values["password"])
        # Here and not in the operation: it takes its time, and the writer has none.
        hashed = passwords.hash(form.values["password"])
        user_id = house().chat.do(access.reset_password, token, hashed)
    except NotFound:
        return _gone()
    except Refusal as refusal:
        return _page(token, form.refused(refusal), user, refusal.status)
    return arrive(user_id, "link", "/", proven=hashed)


@pages.after_app_request
def withhold_address(response: flask.Response) -> flask.Response:
    """The address of such a page holds its token: no request that leaves it may name it, whatever the answer."""
    if request.path.startswith(("/reset/", "/confirm-email/")):
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _owner(token: str) -> User | None:
    try:
        user_id = house().chat.ask(links.find, token, links.RESET).user_id
    except NotFound:
        return None
    return house().chat.ask(people.find, user_id, user_id)


def _page(token: str, form: Form, user: User, status: int = 200) -> Response:
    return make_response(render_template("session/reset.html", token=token, form=form, user=user), status)


def _gone() -> Response:
    return make_response(render_template("session/reset.html"), NotFound.status)
