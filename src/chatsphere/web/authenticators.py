"""The authenticator app: set up by a picture or by typing, confirmed by its first code, removed."""

from __future__ import annotations

import pyotp
from flask import make_response, render_template
from werkzeug.wrappers import Response

from chatsphere.core import authenticators
from chatsphere.core.errors import NotFound
from chatsphere.http.identity import house, is_confirmed, me, require_confirmed, viewer
from chatsphere.web.confirm import confirm_first
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sets_up, sign_in_first
from chatsphere.web.qr import drawing
from chatsphere.web.recovery import told
from chatsphere.web.settings import LEAVES, changed, tried

_HERE = "/settings/authenticator"


@pages.post("/settings/authenticator")
@sets_up
def begin_authenticator() -> Response:
    """Begin to set one up; asks who one is."""

    def begin() -> None:
        require_confirmed()
        house().chat.do(authenticators.begin, me())

    return tried("security", Form("authenticator"), begin) or go(_HERE)


@pages.get("/settings/authenticator")
@sets_up
def authenticator() -> Response:
    """The seed that was begun, for a camera and for typing. Whoever sees it can make its codes: asks who one is."""
    if is_guest():
        return sign_in_first()
    return _page(Form("authenticator")) if is_confirmed() else confirm_first(_HERE)


@pages.post("/settings/authenticator/confirm")
@sets_up
def confirm_authenticator() -> Response:
    """The first code makes it a second factor; the recovery codes that come with it are shown this once."""
    form, codes = sent("authenticator", "code"), list[str]()

    def confirm() -> None:
        require_confirmed()
        typed = "".join(form.values["code"].split())
        codes.extend(house().chat.do(authenticators.confirm, me(), typed))

    refused = tried("security", form, confirm, _page)
    if refused:
        return refused
    return told(tuple(codes), "authenticator") if codes else go("/settings/security?done=authenticator#second-factor")


@pages.post("/settings/authenticator/end")
def end_authenticator() -> Response:
    """Remove it; asks who one is."""

    def end() -> None:
        require_confirmed()
        house().chat.do(authenticators.remove, me())

    return changed("security", Form("authenticator"), end)


def _page(form: Form, status: int = 200) -> Response:
    try:
        seed = house().chat.ask(authenticators.seed, me())
    except NotFound:
        # Set up already, or begun too long ago: the settings say how it stands.
        return go(LEAVES["security"].path)
    address = pyotp.TOTP(seed).provisioning_uri(name=viewer().user_name, issuer_name="ChatSphere")
    spoken = " ".join(seed[start : start + 4] for start in range(0, len(seed), 4))
    html = render_template(
        "settings/authenticator.html",
        here=LEAVES["security"],
        user=viewer(),
        form=form,
        picture=drawing(address),
        seed=spoken,
        address=address,
    )
    return make_response(html, status)
