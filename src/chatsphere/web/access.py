"""Access by mail: having a link to a new password sent, and showing that one reads the mail to an address."""

from __future__ import annotations

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import access, links, people
from chatsphere.core.errors import Forbidden, Invalid, NotFound, Refusal
from chatsphere.core.values import User
from chatsphere.http import limits
from chatsphere.http.identity import house, me, who
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sign_in_first


@pages.get("/forgot")
def forgot() -> Response:
    """Asks whose password was forgotten; then says the same whether that is anybody's or not."""
    return _forgot_page(Form("forgot"))


@pages.post("/forgot")
def asked_for_link() -> Response:
    """Have a letter sent to whose name or address this is, if it is anybody's."""
    form = sent("forgot", "login")
    try:
        if not form.values["login"]:
            raise Invalid.field("login", "Your user name or your e-mail address is needed.")
        limits.check_letter(form.values["login"])
    except Refusal as refusal:
        return _forgot_page(form.refused(refusal), refusal.status)
    # Made before: what is left to do after the commit must not be slowed down by a letter being written meanwhile.
    answer = go("/forgot?done=forgot")
    house().chat.do(access.forgot, form.values["login"])
    return answer


@pages.get("/confirm-email/<confirmation>")
def confirm_email(confirmation: str) -> Response:
    """Asks whether one wants to; looking, as mail scanners do, confirms nothing."""
    limits.check("link")
    try:
        link = house().chat.ask(links.find, confirmation, links.CONFIRM)
    except NotFound:
        return _confirm_page(status=NotFound.status)
    return _confirm_page(confirmation, house().chat.ask(people.find, link.user_id, link.user_id))


@pages.post("/confirm-email/<confirmation>")
def confirmed_email(confirmation: str) -> Response:
    """From now on the address is known to be theirs: who is signed in to the very account has shown both."""
    limits.check("link")
    if is_guest():
        return sign_in_first()
    try:
        house().chat.do(access.confirm, me(), confirmation)
    except NotFound:
        return _confirm_page(status=NotFound.status)
    except Forbidden:
        return confirm_email(confirmation)
    return go("/confirm-email")


@pages.get("/confirm-email")
def email_is_confirmed() -> Response:
    """Says so, on a page whose address holds no token any more."""
    return _confirm_page(done=True)


def _forgot_page(form: Form, status: int = 200) -> Response:
    done = request.args.get("done", "") == form.name
    html = render_template("session/forgot.html", form=form, done=done, mailed=house().settings.smtp_url is not None)
    return make_response(html, status)


def _confirm_page(
    confirmation: str = "", user: User | None = None, status: int = 200, *, done: bool = False
) -> Response:
    found = who()
    another = found.user if found and user and found.user.id != user.id else None
    known = {"confirmation": confirmation, "user": user, "done": done, "another": another}
    html = render_template("session/confirm-email.html", **known)
    return make_response(html, Forbidden.status if another and request.method == "POST" else status)
