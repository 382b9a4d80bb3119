"""Accounts elsewhere that open one's account here: linking, unlinking, and confirming by one of them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from chatsphere.core import identities
from chatsphere.core.identities import Identity
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.outside.openid import Provider
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sets_up, sign_in_first, wanted_page
from chatsphere.web.providers import begin, named
from chatsphere.web.settings import changed, tried


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A provider and one's account there: either may be missing."""

    label: str
    provider: Provider | None
    identity: Identity | None


@pages.app_template_global()
def elsewhere() -> list[Elsewhere]:
    """One's accounts elsewhere, then the providers where none is linked."""
    mine, known = house().chat.ask(identities.mine, me()), {one.issuer: one for one in house().providers.values()}
    linked = [Elsewhere(_label(known, one.issuer), known.get(one.issuer), one) for one in mine]
    issuers = {one.issuer for one in mine}
    return linked + [Elsewhere(one.label, one, None) for one in known.values() if one.issuer not in issuers]


def _label(known: dict[str, Provider], issuer: str) -> str:
    return known[issuer].label if issuer in known else urlsplit(issuer).hostname or issuer


@pages.post("/settings/identities/<provider>/link")
def link(provider: str) -> Response:
    """Off to the provider, to come back with the account that is to be linked."""
    refused = tried("security", Form("identities"), require_confirmed)
    return refused or begin(named(provider), "link", "/settings/security")


@pages.post("/settings/identities/<identity_id>/end")
def unlink(identity_id: str) -> Response:
    """It opens this account no more."""

    def end() -> None:
        require_confirmed()
        known = [one.issuer for one in house().providers.values()]
        house().chat.do(identities.unlink, me(), identity_id, known)

    return changed("security", Form("identities"), end)


@pages.post("/confirm/<provider>")
@sets_up
def confirm_elsewhere(provider: str) -> Response:
    """Off to the provider, to come back with the account that is linked."""
    return sign_in_first() if is_guest() else begin(named(provider), "confirm", wanted_page())
