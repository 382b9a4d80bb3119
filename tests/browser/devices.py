"""What people carry: a device with passkeys, which is Chromium's own, and an app that shows codes."""

from __future__ import annotations

import time
from typing import Any, cast

import pyotp
from playwright.sync_api import Page

_LIKE_A_PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A device that this page's browser finds, and that knows its owner."""

    def __init__(self, page: Page, *credentials: dict[str, Any]) -> None:
        self._cdp = page.context.new_cdp_session(page)
        self._cdp.send("WebAuthn.enable")
        made = self._cdp.send("WebAuthn.addVirtualAuthenticator", {"options": _LIKE_A_PHONE})
        self._id = made["authenticatorId"]
        for one in credentials:
            self._cdp.send("WebAuthn.addCredential", {"authenticatorId": self._id, "credential": one})

    @property
    def credentials(self) -> list[dict[str, Any]]:
        """The passkeys it holds, private keys and all, as a thief would copy them."""
        held = self._cdp.send("WebAuthn.getCredentials", {"authenticatorId": self._id})["credentials"]
        return cast("list[dict[str, Any]]", held)

    def knows_its_owner(self, knows: bool) -> None:
        """Whether it is the owner's finger that it feels."""
        what = {"authenticatorId": self._id, "isUserVerified": knows}
        self._cdp.send("WebAuthn.setUserVerified", what)


class App:
    """An authenticator app that never shows a code twice."""

    def __init__(self, seed: str) -> None:
        self._totp = pyotp.TOTP(seed.replace(" ", ""))
        self._last = 0

    def shows(self) -> str:
        """A code that it has not shown before: at most one step ahead of the clock, which is still taken."""
        self._last = max(int(time.time()) // 30, self._last + 1)
        return self._totp.generate_otp(self._last)
