"""Where somebody is signed in: open a session, list them, end them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api.endpoint import Body, Query, Reply, endpoint
from chatsphere.api.fields import GivenPassword, Limit, paged
from chatsphere.core import people, sessions
from chatsphere.core.errors import SecondFactorNeeded, Unauthenticated
from chatsphere.core.sessions import Opened
from chatsphere.http import limits
from chatsphere.http.credentials import owner
from chatsphere.http.entry import admit_program
from chatsphere.http.identity import house, me, sign_in, sign_out, signed_in
from chatsphere.outlines import SessionOut, SignedInOut


class SignIn(Body):
    """A user name or an e-mail address, its password and, where there is a second factor, its code."""

    login: Annotated[str, Field(min_length=1, max_length=254)]
    password: GivenPassword
    code: Annotated[str | None, Field(max_length=64)] = None


class SessionQuery(Query):
    """How many at once."""

    limit: Limit = 50
    after: Annotated[str | None, Field(max_length=64, description="Where the last page ended.")] = None


@endpoint("POST", "/sessions", status=201, open=True)
def create(body: SignIn) -> Reply[SignedInOut]:
    """Sign in: answers with the session and sets its cookie.

    Where the account has a second factor, `code` is what its app shows or a recovery code. Without one it is a 401 of
    the type `/problems/second-factor`; a wrong one is the same 401 as a wrong password.
    """
    limits.check_sign_in(body.login)
    opened = _opened(body)
    shown = shapes.session(opened.session, opened.session.id)
    user = house().chat.ask(people.find, opened.session.user_id, opened.session.user_id)
    return Reply(shown | {"user": shapes.user(user, user)}, then=lambda answer: sign_in(answer, opened))


def _opened(body: SignIn) -> Opened:
    try:
        return admit_program(owner(body.login, body.password), body.code)
    except SecondFactorNeeded:
        raise
    except Unauthenticated as refusal:
        # Whichever of them was wrong: with a code sent along, nobody learns that the password was right.
        raise (
            refusal if body.code is None else Unauthenticated("Name, password and code do not belong together.")
        ) from None


@endpoint("GET", "/sessions")
def mine(query: SessionQuery) -> Reply[list[SessionOut]]:
    """List one's own sessions."""
    found = house().chat.ask(sessions.mine, me())
    page, following = paged(found, query.limit, query.after)
    return Reply([shapes.session(one, signed_in().session.id) for one in page], next=following)


@endpoint("DELETE", "/sessions/<session_id>", status=204)
def end(session_id: str) -> Reply[None]:
    """Sign out there; `current` is the session that asks."""
    current = signed_in().session
    ended = current.id if session_id == "current" else session_id
    house().chat.do(sessions.end, me(), ended, current.kind if ended == current.id else "session")
    return Reply(then=sign_out if ended == current.id else None)
