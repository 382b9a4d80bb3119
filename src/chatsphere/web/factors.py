"""Second factors on pages: what one has of them."""

from __future__ import annotations

from dataclasses import dataclass

from chatsphere.core import authenticators, passkeys, recovery
from chatsphere.core.authenticators import Authenticator
from chatsphere.core.chat import Db
from chatsphere.core.passkeys import Passkey
from chatsphere.http.identity import house, me
from chatsphere.web.pages import pages


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody can show beside a password, and how many recovery codes they have left."""

    authenticator: Authenticator | None
    passkeys: list[Passkey]
    codes_left: int


@pages.app_template_global()
def my_factors() -> Mine:
    """The second factors of whoever looks at the page."""
    return house().chat.ask(_mine, me())


def _mine(db: Db, me: str) -> Mine:
    return Mine(authenticators.mine(db, me), passkeys.mine(db, me), recovery.left(db, me))
