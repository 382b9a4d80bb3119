"""The second step of signing in: a code of one's app, a recovery code or a passkey, for what waits in this browser."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from chatsphere.core import challenges, factors, people, second
from chatsphere.core.errors import NotFound, Refusal
from chatsphere.http import limits
from chatsphere.http.entry import check_code, here
from chatsphere.http.identity import house
from chatsphere.web.arrival import let_in, stop_waiting, waiting
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import pages, wanted_page


@pages.get("/login/second")
def second_step() -> Response:
    """The ways to take it."""
    user_id = _who_waits()
    return _page(Form("second"), user_id) if user_id else _gone()


@pages.post("/login/second")
def second_step_taken() -> Response:
    """By a code. Five tries, then one starts again."""
    form, user_id = sent("second", "code", "recovery"), _who_waits()
    if user_id is None:
        return _gone()
    field = "recovery" if form.values["recovery"] else "code"
    code = form.values[field]
    try:
        limits.check("second-factor")
        check_code(user_id, code)
        # Counted and committed before it is looked at: nobody tries faster than it counts.
        house().chat.do(challenges.attempt, waiting(), second.PURPOSE)
        opened = house().chat.do(second.enter_by_code, waiting(), code, here())
    except NotFound:
        return _gone()
    except Refusal as refusal:
        if _who_waits() is None:
            return _gone(refusal.status)
        return _page(Form("second", {}, {field: refusal.detail}), user_id, refusal.status)
    return let_in(opened, wanted_page())


def _who_waits() -> str | None:
    try:
        return house().chat.ask(challenges.find, waiting(), second.PURPOSE).user_id
    except NotFound:
        return None


def _page(form: Form, user_id: str, status: int = 200) -> Response:
    user = house().chat.ask(people.find, user_id, user_id)
    kinds = house().chat.ask(factors.kinds, user_id)
    html = render_template("session/second.html", form=form, next=wanted_page(), user=user, kinds=kinds)
    return make_response(html, status)


def _gone(status: int = NotFound.status) -> Response:
    return stop_waiting(make_response(render_template("session/second.html", next=wanted_page()), status))
