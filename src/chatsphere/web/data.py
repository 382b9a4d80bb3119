"""One's own data: taking it along, and leaving."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from chatsphere.core import people
from chatsphere.http.identity import house, me, require_confirmed, sign_out
from chatsphere.web.forms import sent
from chatsphere.web.pages import go, is_guest, pages, sign_in_first
from chatsphere.web.security import prove
from chatsphere.web.settings import show, tried


@pages.get("/settings/data")
def data() -> Response:
    """What one can take along, and the way out."""
    return sign_in_first() if is_guest() else show("data")


@pages.post("/settings/leave")
def leave() -> Response:
    """Delete one's account; asks who one is."""
    form = sent("leave", "current_password")

    def delete() -> None:
        if form.values["current_password"]:
            prove(form)
        require_confirmed()
        house().chat.do(people.delete, me(), me())

    refused = tried("data", form, delete)
    if refused:
        return refused
    response = make_response(go("/"))
    sign_out(response)
    return response
