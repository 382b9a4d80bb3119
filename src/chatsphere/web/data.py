"""One's own data: the page, leaving, and thinking again."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

from chatsphere.core import conversations, exports, people
from chatsphere.http.identity import house, me, require_confirmed, signed_in
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show


@pages.get("/settings/data")
def data() -> Response:
    """What one can take along, and the way out."""
    return sign_in_first() if is_guest() else page()


@pages.post("/settings/leave")
def leave() -> Response:
    """Have one's account deleted in seven days."""

    def go() -> None:
        require_confirmed()
        house().chat.do(people.leave, me(), signed_in().session.id)

    return changed("data", Form("leave"), go, page)


@pages.post("/settings/stay")
def stay() -> Response:
    """Keep it after all."""
    return changed("data", Form("stay"), lambda: house().chat.do(people.stay, me()), page)


def page(refused: Form | None = None, status: int = 200) -> Response:
    """The page, with the export that is being made or there."""
    ask = house().chat.ask
    known: dict[str, Any] = {"legacies": ask(conversations.legacies, me()), "grace": people.GRACE.days}
    known |= {"job": ask(exports.asked, me()), "export": ask(exports.ready, me()), "lasts": exports.KEPT.days}
    return show("data", refused, status, **known)
