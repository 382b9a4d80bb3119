"""One's own data: leaving, and thinking again."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from chatsphere.core import conversations, people
from chatsphere.http.identity import house, me, require_confirmed, signed_in
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show


@pages.get("/settings/data")
def data() -> Response:
    """What one can take along, and the way out."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/leave")
def leave() -> Response:
    """Have one's account deleted in seven days."""

    def go() -> None:
        require_confirmed()
        house().chat.do(people.leave, me(), signed_in().session.id)

    return changed("data", Form("leave"), go, _page)


@pages.post("/settings/stay")
def stay() -> Response:
    """Keep it after all."""
    return changed("data", Form("stay"), lambda: house().chat.do(people.stay, me()), _page)


def _page(refused: Form | None = None, status: int = 200) -> Response:
    known: dict[str, Any] = {"legacies": house().chat.ask(conversations.legacies, me()), "grace": people.GRACE.days}
    return show("data", refused, status, **known)
