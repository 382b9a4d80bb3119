"""The round trip to a provider where somebody has an account: to sign in, to link it, to confirm that it is them.

It begins with a form of ours and ends at the callback, in the same browser, once. What is kept meanwhile is in Flask's
signed session. A form's answer may not lead to another site (`form-action` in our policy), so that it leads to a page
of ours, and that one on.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from typing import Literal

import structlog
from flask import make_response, render_template, request, session
from werkzeug.wrappers import Response

from chatsphere.core import challenges, identities, sessions
from chatsphere.core.errors import Conflict, Forbidden, NotFound, Refusal, Unavailable
from chatsphere.core.identities import Voucher
from chatsphere.core.phrases import phrase
from chatsphere.http import limits
from chatsphere.http.identity import house, me, who
from chatsphere.outside.idtokens import Untrue
from chatsphere.outside.openid import Away, Begun, Claims, Declined, Provider
from chatsphere.web.arrival import arrive
from chatsphere.web.newcomers import welcome
from chatsphere.web.pages import go, is_guest, pages, sets_up, wanted_page

log = structlog.get_logger("chatsphere.web")

Purpose = Literal["sign-in", "link", "confirm"]
_FLOW = "flow"
_STATE = "provider"


@dataclass(frozen=True, slots=True)
class Flow:
    """A round trip that has begun `at` (seconds): whither, what for, of which session; the last three once it is on."""

    provider: str
    purpose: Purpose
    next: str
    session_id: str | None
    at: float
    state: str = ""
    nonce: str = ""
    verifier: str = ""


@pages.app_template_global()
def providers() -> list[Provider]:
    """Where people may come from."""
    return list(house().providers.values())


def named(name: str) -> Provider:
    """The provider of this name; NotFound where this house knows none."""
    found = house().providers.get(name)
    if found is None:
        raise NotFound
    return found


@pages.post("/login/<provider>")
def begin_sign_in(provider: str) -> Response:
    """Sign in with an account elsewhere, or sign up with it."""
    return begin(named(provider), "sign-in", wanted_page())


def begin(there: Provider, purpose: Purpose, wanted: str) -> Response:
    """Begin a round trip in this browser; what it is for, and of whose session, is fixed here."""
    limits.check("provider")
    found, now = who(), house().chat.clock().timestamp()
    session_id = found.session.id if found and purpose != "sign-in" else None
    session[_FLOW] = asdict(Flow(there.name, purpose, wanted, session_id, now))
    return go(f"/login/{there.name}")


@pages.get("/login/<provider>")
@sets_up
def leave_for(provider: str) -> Response:
    """The page that leads on to the provider, once for each form that was sent; else the form."""
    there, flow = named(provider), _kept()
    if flow is None or flow.provider != there.name or flow.state:
        return _page(phrase("Continue with {provider}", provider=there.label), there, url="") if is_guest() else go("/")
    limits.check("provider")
    state = house().chat.do(challenges.begin, None, _STATE)
    try:
        begun = there.begin(_callback(there), state, afresh=flow.purpose == "confirm")
    except Away as error:
        return _failed(there, flow, error)
    session[_FLOW] = asdict(replace(flow, state=begun.state, nonce=begun.nonce, verifier=begun.verifier))
    return _page(phrase("On to {provider}", provider=there.label), there, url=begun.url)


@pages.get("/login/<provider>/callback")
@sets_up
def returned(provider: str) -> Response:
    """Whoever comes back from the provider; only what began here, in this browser, ends here."""
    limits.check("provider")
    there, flow = named(provider), _kept()
    session.pop(_FLOW, None)
    if flow is None or flow.provider != there.name or not _is_answer(flow):
        return _failed(there, flow, NotFound())
    since = flow.at if flow.purpose == "confirm" else None
    begun = Begun("", flow.state, flow.nonce, flow.verifier)
    try:
        claims = there.finish(_callback(there), begun, request.args.to_dict(), since)
        return _ENDS[flow.purpose](there, flow, claims)
    except (Away, Declined, Untrue, Refusal) as error:
        return _failed(there, flow, error)


def _kept() -> Flow | None:
    """The round trip that this browser is on, unless it takes too long."""
    try:
        flow = Flow(**session[_FLOW])
    except (KeyError, TypeError):
        return None
    return flow if house().chat.clock().timestamp() - flow.at <= challenges.LASTS.total_seconds() else None


def _is_answer(flow: Flow) -> bool:
    """Whether this answers what this browser began, for whoever is signed in here, and is the first that does."""
    state, found = request.args.get("state", ""), who()
    if not flow.state or not secrets.compare_digest(state.encode(), flow.state.encode()):
        return False
    if flow.session_id is not None and (found is None or found.session.id != flow.session_id):
        return False
    try:
        house().chat.do(challenges.finish, state, _STATE)
    except NotFound:
        return False
    return True


def _signed_in(there: Provider, flow: Flow, claims: Claims) -> Response:
    try:
        user_id = house().chat.do(identities.use, _voucher(claims))
    except NotFound:
        return welcome(there, _voucher(claims), claims, flow.next)
    # Whoever sits at a browser that is signed in there has only pressed a button.
    return arrive(user_id, "provider", flow.next, confirmed=claims.is_fresh(flow.at))


def _linked(there: Provider, flow: Flow, claims: Claims) -> Response:
    house().chat.do(identities.link, me(), _voucher(claims), there.label)
    return go("/settings/security?done=identities#identities")


def _confirmed(there: Provider, flow: Flow, claims: Claims) -> Response:
    identity = _mine(claims)
    if identity is None:
        raise Forbidden(
            phrase("That was another account at {provider} than the one that is linked here.", provider=there.label)
        )
    house().chat.do(sessions.confirm, me(), flow.session_id or "")
    return go(flow.next)


_ENDS = {"sign-in": _signed_in, "link": _linked, "confirm": _confirmed}


def _mine(claims: Claims) -> identities.Identity | None:
    try:
        found = house().chat.ask(identities.find, claims.issuer, claims.subject)
    except NotFound:
        return None
    return found if found.user_id == me() else None


def _voucher(claims: Claims) -> Voucher:
    return Voucher(claims.issuer, claims.subject, claims.email, claims.verified)


def _callback(there: Provider) -> str:
    """Where the provider sends people back to: the address that they came by, if it is one of ours."""
    here = request.host_url.rstrip("/")
    base = here if here in house().settings.origins() else house().settings.address
    return f"{base}/login/{there.name}/callback"


# --- pages


def _page(heading: str, there: Provider, *, url: str) -> Response:
    html = render_template("session/provider.html", heading=heading, there=there, url=url, next=wanted_page())
    return make_response(html)


def _failed(there: Provider, flow: Flow | None, error: Away | Declined | Untrue | Refusal) -> Response:
    """What went wrong, kindly, and the way on; nothing has changed, and nobody is signed in by it."""
    said = _said(there, error)
    if not isinstance(error, Declined | Refusal):
        log.warning("a provider was not believed", provider=there.name, reason=str(error), kind=type(error).__name__)
    step = {"link": "/settings/security#identities", "confirm": "/confirm"}.get(flow.purpose if flow else "", "/login")
    known = isinstance(error, Conflict) and step == "/login"
    html = render_template("session/failed.html", there=there, said=said, step=step, known=known)
    return make_response(html, said.status)


def _said(there: Provider, error: Exception) -> Refusal:
    if isinstance(error, Away):
        return Unavailable(phrase("{provider} does not answer just now. Try again in a moment.", provider=there.label))
    if isinstance(error, Declined):
        if error.error == "access_denied":
            return Forbidden("You did not go on there, so that nothing has happened here.")
        return Forbidden(
            phrase("{provider} did not let you through, so that nothing has happened here.", provider=there.label)
        )
    if isinstance(error, Untrue):
        return Forbidden(
            phrase("What {provider} has sent does not hold, so that nothing has happened here.", provider=there.label)
        )
    if isinstance(error, NotFound):
        return _Lost(phrase("This was not begun in this browser, was begun too long ago, or has ended already."))
    return error if isinstance(error, Refusal) else Refusal()


class _Lost(Refusal):
    """Nothing that was begun here is answered by this."""

    status = 400
