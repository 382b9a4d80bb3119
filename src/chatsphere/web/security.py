"""Sign-in and security: the address and the password."""

from __future__ import annotations

from werkzeug.wrappers import Response

from chatsphere.core import access, passwords, people, sessions
from chatsphere.http import limits
from chatsphere.http.credentials import has_password, require_self
from chatsphere.http.identity import house, me, signed_in, viewer
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sets_up, sign_in_first
from chatsphere.web.settings import changed, show, tried

pages.add_app_template_global(has_password)


@pages.get("/settings/security")
@sets_up
def security() -> Response:
    """How one signs in."""
    return sign_in_first() if is_guest() else show("security")


@pages.post("/settings/email")
def email() -> Response:
    """Where one gets mail; asks who one is."""
    form = sent("email", "email", "current_password")

    def change() -> None:
        prove(form)
        if form.values["email"] != viewer().email:
            limits.check_letter(form.values["email"])
        here = signed_in().session.id
        house().chat.do(people.change, me(), me(), email=form.values["email"], keep_session=here)

    return changed("security", form, change)


@pages.post("/settings/email/confirm")
def ask_to_confirm() -> Response:
    """Have the letter that asks whose the address is sent once more."""
    form = Form("confirm-email")

    def ask() -> None:
        limits.check_letter(viewer().email or "")
        house().chat.do(access.ask_to_confirm, me())

    return tried("security", form, ask) or go("/settings/security?done=confirm-email#email")


@pages.post("/settings/password")
def password() -> Response:
    """A new password, which ends one's other sessions and, where that is ticked, tokens; asks who one is."""
    form = sent("password", "current_password", "password", "tokens")

    def change() -> None:
        prove(form)
        passwords.check(form.values["password"])
        how = {"password_hash": passwords.hash(form.values["password"]), "keep_session": signed_in().session.id}
        house().chat.do(people.change, me(), me(), **how, end_tokens=bool(form.values["tokens"]))

    return changed("security", form, change)


def prove(form: Form) -> None:
    """Refuse a form without the right password in it; after the right one nobody is asked again for five minutes.

    Where there is no password, who sits there has to have shown lately in another way that it is them.
    """
    require_self(form.values["current_password"])
    if form.values["current_password"] and has_password():
        house().chat.do(sessions.confirm, me(), signed_in().session.id)
