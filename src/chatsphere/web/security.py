"""Sign-in and security: the address and the password."""

from __future__ import annotations

from werkzeug.wrappers import Response

from chatsphere.core import passwords, people, sessions
from chatsphere.http.credentials import require_password
from chatsphere.http.identity import house, me, signed_in
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show


@pages.get("/settings/security")
def security() -> Response:
    """How one signs in."""
    return sign_in_first() if is_guest() else show("security")


@pages.post("/settings/email")
def email() -> Response:
    """Where one gets mail; asks who one is."""
    form = sent("email", "email", "current_password")

    def change() -> None:
        prove(form)
        house().chat.do(people.change, me(), me(), email=form.values["email"])

    return changed("security", form, change)


@pages.post("/settings/password")
def password() -> Response:
    """A new password, which ends one's other sessions; asks who one is."""
    form = sent("password", "current_password", "password")

    def change() -> None:
        prove(form)
        passwords.check(form.values["password"])
        hashed, keep = passwords.hash(form.values["password"]), signed_in().session.id
        house().chat.do(people.change, me(), me(), password_hash=hashed, keep_session=keep)

    return changed("security", form, change)


def prove(form: Form) -> None:
    """Refuse a form without the right password in it; after the right one nobody is asked again for five minutes."""
    require_password(form.values["current_password"])
    house().chat.do(sessions.confirm, me(), signed_in().session.id)
