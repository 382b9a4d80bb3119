"""OpenID providers: where people may sign in that have an account elsewhere, Google or any issuer by OpenID Connect."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote_plus, urlsplit

import requests
from google_auth_oauthlib.flow import Flow
from requests.auth import HTTPBasicAuth

from chatsphere.outside.errand import PATIENCE, bound, fits
from chatsphere.outside.idtokens import LEEWAY, Expected, UnknownKey, Untrue, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chatsphere.settings import Settings

GOOGLE = "https://accounts.google.com"
# Google's own documents name both.
_SPELLINGS = {GOOGLE: (GOOGLE, "accounts.google.com")}
_SCOPES = ["openid", "email", "profile"]
_KEPT = 3600.0
_KEYS_AGAIN = 30.0
_AT_ONCE = 4
_LONGEST_EMAIL = 254


class Away(Exception):
    """The provider cannot be asked, or answers with nothing that can be used."""


class Declined(Exception):
    """The provider says that nobody signed in; `error` is its word for why."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the browser, and what to keep beside it until it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Who has signed in there. Only (issuer, subject) says who; `email` is the provider's word, `verified` or not.

    `signed_in_at` is when they last showed there that it is them, where the provider says it.
    """

    issuer: str
    subject: str
    email: str | None
    verified: bool
    name: str
    user_name: str
    signed_in_at: float | None = None

    def is_fresh(self, since: float) -> bool:
        """Whether it is known that they showed there since then that it is them."""
        return self.signed_in_at is not None and self.signed_in_at >= since - LEEWAY


class Provider(Protocol):
    """Whoever vouches for people: `name` is in addresses of ours, `label` is what people call it."""

    name: str
    label: str
    issuer: str

    def begin(self, redirect_uri: str, state: str, *, afresh: bool = False) -> Begun:
        """Where to send a browser; `afresh` asks for a sign-in now, even of whoever is signed in there. May be Away."""

    def finish(self, redirect_uri: str, begun: Begun, answer: Mapping[str, str], since: float | None = None) -> Claims:
        """Who has come back with this answer; `since`: when they had to sign in afresh. Declined, Untrue or Away."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a provider says of itself, and when we read it."""

    document: Mapping[str, Any]
    keys: list[object]
    at: float


class OpenIdProvider:
    """A provider that is found by its issuer's address, as OpenID Connect Discovery says."""

    def __init__(
        self, name: str, label: str, issuer: str, client_id: str, client_secret: str, *, patience: float = PATIENCE
    ) -> None:
        self.name, self.label, self.issuer = name, label, issuer
        self._client_id, self._client_secret = client_id, client_secret
        self._plain, self._patience = issuer.startswith("http://"), patience
        self._known: _Known | None = None
        # A provider that hangs must not take all the threads that answer pages with it.
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        if self._plain:
            # oauthlib's own check knows no loopback; ours does, and is asked for every address.
            os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

    def begin(self, redirect_uri: str, state: str, *, afresh: bool = False) -> Begun:
        """Where to send a browser, with PKCE, a nonce and this state."""
        with self._errand():
            document = self._knowledge().document
        nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        flow = self._flow(document, redirect_uri, scopes=_SCOPES, code_verifier=verifier)
        # "offline" is the library's default, and would ask for a token that we never use.
        more = {"access_type": None, "nonce": nonce, **(self._asking_again() if afresh else {})}
        url, _ = flow.authorization_url(state=state, **more)
        return Begun(url, state, nonce, verifier)

    def _asking_again(self) -> dict[str, str]:
        # Google knows no `login` and refuses what it does not know.
        return {"prompt": "select_account"} if self.issuer == GOOGLE else {"prompt": "login", "max_age": "0"}

    def finish(self, redirect_uri: str, begun: Begun, answer: Mapping[str, str], since: float | None = None) -> Claims:
        """Who has come back: the code for a token, the token's every part checked."""
        if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise Untrue("it answers another question")
        with self._errand():
            known = self._knowledge()
            self._check_sender(known.document, answer)
            if "error" in answer or not answer.get("code"):
                raise Declined(answer.get("error", "")[:64])
            token = self._exchange(known.document, redirect_uri, begun, answer["code"])
            claims = self._read(token.get("id_token"), begun.nonce, known)
            said = self._said(claims, known.document, token.get("access_token"))
            self._check_fresh(said, since)
            return said

    @contextmanager
    def _errand(self) -> Iterator[None]:
        if not self._places.acquire(timeout=1):
            raise Away("too many wait for it")
        try:
            yield
        except requests.RequestException as error:
            raise Away(type(error).__name__) from None
        finally:
            self._places.release()

    def _knowledge(self, *, at_least: float = 0.0) -> _Known:
        """What the provider says of itself, read again when it is old, or older than `at_least`."""
        now, known = time.monotonic(), self._known
        if known is not None and now - known.at < _KEPT and known.at >= at_least:
            return known
        with bound(requests.Session(), plain=self._plain, patience=self._patience) as session:
            document = _object(session.get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"))
            self._check_document(document)
            keys = _object(session.get(document["jwks_uri"])).get("keys")
        if not isinstance(keys, list):
            raise Away("it shows no keys")
        self._known = _Known(document, keys, now)
        return self._known

    def _check_document(self, document: Mapping[str, Any]) -> None:
        if document.get("issuer") != self.issuer:
            raise Away("it calls itself something else")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(document.get(name), str) or not fits(document[name], plain=self._plain):
                raise Away(f"its {name} cannot be used")

    def _check_sender(self, document: Mapping[str, Any], answer: Mapping[str, str]) -> None:
        """Whose answer this is, where the provider says so (RFC 9207): another's must not be taken for it."""
        says_so = document.get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", None if says_so else self.issuer) != self.issuer:
            raise Untrue("it is another provider's answer")

    def _exchange(self, document: Mapping[str, Any], redirect_uri: str, begun: Begun, code: str) -> Mapping[str, Any]:
        # Without scopes: oauthlib raises where the granted ones are spelled otherwise, as Google's are.
        flow = self._flow(document, redirect_uri, scopes=None, code_verifier=begun.verifier)
        try:
            with bound(flow.oauth2session, plain=self._plain, patience=self._patience):
                return dict(flow.fetch_token(code=code, **self._client_authentication(document)))
        except requests.RequestException:
            raise
        # A no is an error of oauthlib's; and what is no token at all breaks its reading of it in many ways.
        except Exception as error:  # noqa: BLE001
            raise Untrue(f"it gave no token ({type(error).__name__})") from None

    def _client_authentication(self, document: Mapping[str, Any]) -> dict[str, Any]:
        ways = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" not in ways and "client_secret_post" in ways:
            return {"include_client_id": True}
        return {"auth": HTTPBasicAuth(quote_plus(self._client_id), quote_plus(self._client_secret))}

    def _flow(self, document: Mapping[str, Any], redirect_uri: str, **more: Any) -> Flow:
        client = {"client_id": self._client_id, "client_secret": self._client_secret}
        ends = {"auth_uri": document["authorization_endpoint"], "token_uri": document["token_endpoint"]}
        return Flow.from_client_config({"web": client | ends}, redirect_uri=redirect_uri, **more)

    def _read(self, token: object, nonce: str, known: _Known) -> dict[str, Any]:
        if not isinstance(token, str):
            raise Untrue("it gave no ID token")
        expected = Expected(_SPELLINGS.get(self.issuer, (self.issuer,)), self._client_id, nonce)
        try:
            return read(token, known.keys, expected, time.time())
        except UnknownKey:
            # The provider may have changed its keys; but whoever makes key ids up must not have us ask on and on.
            if time.monotonic() - known.at < _KEYS_AGAIN:
                raise
        return read(token, self._knowledge(at_least=time.monotonic()).keys, expected, time.time())

    def _said(self, claims: dict[str, Any], document: Mapping[str, Any], access_token: object) -> Claims:
        """The claims as we keep them; some providers say the address only when they are asked once more."""
        if "email" not in claims and isinstance(access_token, str):
            claims = self._asked(document, access_token, claims["sub"]) | claims
        email = claims.get("email")
        fit = isinstance(email, str) and len(email) <= _LONGEST_EMAIL and email.isprintable()
        return Claims(
            issuer=self.issuer,
            subject=claims["sub"],
            email=str(email) if fit else None,
            verified=fit and claims.get("email_verified") is True,
            name=_words(claims.get("name")),
            user_name=_words(claims.get("preferred_username")),
            signed_in_at=claims.get("auth_time"),
        )

    def _check_fresh(self, claims: Claims, since: float | None) -> None:
        """Whether they signed in there since then: whoever is asked for `max_age` has to say it, Google is not."""
        unsaid = claims.signed_in_at is None and self.issuer == GOOGLE
        if since is not None and not unsaid and not claims.is_fresh(since):
            raise Untrue("they had signed in before, or it does not say when")

    def _asked(self, document: Mapping[str, Any], access_token: str, subject: str) -> dict[str, Any]:
        there = document.get("userinfo_endpoint")
        if not isinstance(there, str) or not fits(there, plain=self._plain):
            return {}
        with bound(requests.Session(), plain=self._plain, patience=self._patience) as session:
            said = _object(session.get(there, headers={"Authorization": f"Bearer {access_token}"}))
        if said.get("sub") != subject:
            raise Untrue("it speaks of somebody else")
        return {name: said[name] for name in ("email", "email_verified", "name", "preferred_username") if name in said}


def _object(response: requests.Response) -> dict[str, Any]:
    if response.status_code != 200:
        raise Away(f"it answers with {response.status_code}")
    try:
        found = response.json()
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Away("it answers with something else")
    return found


def _words(value: object) -> str:
    return " ".join(value.split())[:64] if isinstance(value, str) and value.isprintable() else ""


def open_providers(settings: Settings, *, patience: float = PATIENCE) -> dict[str, Provider]:
    """The providers that this installation is known to, by name; nobody is asked yet."""
    found: dict[str, Provider] = {}
    if settings.google_client_id and settings.google_client_secret:
        client = settings.google_client_id, settings.google_client_secret
        found["google"] = OpenIdProvider("google", "Google", GOOGLE, *client, patience=patience)
    if settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret:
        issuer, client = settings.oidc_issuer, (settings.oidc_client_id, settings.oidc_client_secret)
        label = settings.oidc_name or urlsplit(issuer).hostname or "another account"
        found["oidc"] = OpenIdProvider("oidc", label, issuer, *client, patience=patience)
    return found
