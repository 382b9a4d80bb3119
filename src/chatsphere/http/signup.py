"""Signing up: who may open an account here, whichever way they come.

The setting decides: everybody, whoever has an invitation, nobody. The page for the very first account opens that one
whatever the setting. Whoever does not sit at the server itself, and call it so, needs for it the code that the server's
terminal shows.
"""

from __future__ import annotations

import hmac
import ipaddress
from urllib.parse import urlsplit

from flask import request

from chatsphere.core import people
from chatsphere.core.errors import Forbidden, Invalid
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, viewer
from chatsphere.http.proxies import FORWARDED

CLOSED = {
    "invite": phrase("New accounts are opened by invitation here."),
    "closed": phrase("No new accounts are opened here."),
}


def permit(*, invited: bool = False, first: bool = False, code: str | None = None) -> None:
    """Refuse whoever may not open an account. `first` says that it is to be the first of all, or none."""
    signup, nobody = house().settings.signup, house().chat.ask(people.nobody)
    if nobody and needs_code():
        _check_code(code)
    if not (signup == "open" or (signup == "invite" and invited) or (first and nobody)):
        raise Forbidden(CLOSED[signup])


def needs_code() -> bool:
    """Whether the first account takes the code of the terminal: nobody at the server itself asks, by a name for it."""
    # A proxy on the same machine passes on what comes from anywhere, and a browser here may have been told that
    # another site's name is this machine's: neither calls it localhost. Only what people type decides, not the
    # settings: whoever sets an installation up on its own machine makes the first account there.
    elsewhere = request.environ.get(FORWARDED) or not _is_loopback(request.remote_addr or "")
    return bool(elsewhere) or not _names_loopback(f"//{request.host}")


def may_invite() -> bool:
    """Whether the viewer may invite people: everybody may, but where sign-up is closed only administrators."""
    return house().settings.signup != "closed" or viewer().is_admin


def _names_loopback(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or _is_loopback(host)


def _is_loopback(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _check_code(code: str | None) -> None:
    if code is None:
        raise Forbidden("The first account is made on a page, with the code that the server shows in its terminal.")
    given = code.strip().upper().replace(" ", "").replace("-", "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, house().chat.ask(people.first_code).replace("-", "").encode()):
        raise Invalid.field("code", "This is not the code that the server's terminal shows.")
