"""Tokens: how programs sign in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from chatsphere import shapes
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import paged, visible
from chatsphere.api.sessions import SessionQuery
from chatsphere.core import sessions
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.outlines import TokenOut, TokenSecretOut


class NewToken(Body):
    """What the token is for, so that it can be told from others later."""

    name: Annotated[str, Field(min_length=1, max_length=64), AfterValidator(visible)]


def _confirmed(raw: Mapping[str, Any], **path: str) -> None:
    require_confirmed()


@endpoint("POST", "/tokens", status=201, right=_confirmed, right_first=True, limit="token")
def create(body: NewToken) -> Reply[TokenSecretOut]:
    """Make a token; it is shown this once."""
    opened = house().chat.do(sessions.open, me(), kind="token", name=body.name)
    return Reply({"id": opened.session.id, "name": opened.session.name, "token": opened.token})


@endpoint("GET", "/tokens")
def mine(query: SessionQuery) -> Reply[list[TokenOut]]:
    """List one's own tokens, without what is secret."""
    found = house().chat.ask(sessions.mine, me(), "token")
    page, following = paged(found, query.limit, query.after)
    return Reply([shapes.token(one) for one in page], next=following)


def _own(raw: Mapping[str, Any], *, token_id: str) -> None:
    owned = house().chat.ask(sessions.mine, me(), "token")
    if token_id in {one.id for one in owned}:
        require_confirmed()


@endpoint("DELETE", "/tokens/<token_id>", status=204, right=_own, right_first=True)
def end(token_id: str) -> Reply[None]:
    """Make a token worthless."""
    house().chat.do(sessions.end, me(), token_id, "token")
    return Reply()
