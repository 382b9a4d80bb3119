"""Second factors on pages: what one has of them, and the way to them for whoever has to have one."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from werkzeug.wrappers import Response

from chatsphere.core import authenticators, passkeys, recovery
from chatsphere.core.authenticators import Authenticator
from chatsphere.core.chat import Db
from chatsphere.core.passkeys import Passkey
from chatsphere.http import identity
from chatsphere.http.identity import house, me
from chatsphere.web.pages import go, pages

pages.add_app_template_global(identity.lacks_factor)


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody can show beside a password, and how many recovery codes they have left."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int


@pages.before_request
def set_up_first() -> Response | None:
    """Whoever has to have a second factor, and has none, is led to where it is set up, from every page but those."""
    if getattr(current_app.view_functions[request.endpoint or ""], "sets_up", False):
        identity.set_up_first()
        return None
    return go("/settings/security#second-factor") if identity.lacks_factor() else None


@pages.app_template_global()
def my_factors() -> Mine:
    """The second factors of whoever looks at the page."""
    return house().chat.ask(_mine, me())


def _mine(db: Db, me: str) -> Mine:
    return Mine(authenticators.mine(db, me), passkeys.mine(db, me), recovery.left(db, me))
