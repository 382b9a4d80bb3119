"""Tokens: what programs sign in with."""

from __future__ import annotations

from werkzeug.wrappers import Response

from chatsphere.core import sessions
from chatsphere.http import limits
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.security import prove
from chatsphere.web.settings import changed, show, tried


@pages.get("/settings/tokens")
def tokens() -> Response:
    """The programs that act in one's name."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/tokens")
def make_token() -> Response:
    """A token for a program, shown this once; asks who one is."""
    form = sent("tokens", "name", "current_password")
    made: list[sessions.Opened] = []

    def make() -> None:
        if form.values["current_password"]:
            prove(form)
        require_confirmed()
        limits.check("token")
        made.append(house().chat.do(sessions.open, me(), kind="token", name=form.values["name"] or "A program"))

    return tried("tokens", form, make, _page) or _page(token=made[0].token)


@pages.post("/settings/tokens/<token_id>/end")
def end_token(token_id: str) -> Response:
    """Make a token worthless."""

    def end() -> None:
        require_confirmed()
        house().chat.do(sessions.end, me(), token_id, "token")

    return changed("tokens", Form("tokens"), end, _page)


def _page(refused: Form | None = None, status: int = 200, token: str | None = None) -> Response:
    return show("tokens", refused, status, tokens=house().chat.ask(sessions.mine, me(), "token"), token=token)
