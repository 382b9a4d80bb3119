"""Appearance: light or dark, how dense, how large, in which light, and what keys do."""

from __future__ import annotations

from flask import make_response, request
from werkzeug.wrappers import Response

from chatsphere.core import choices, looks
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, me
from chatsphere.http.looks import look, wear
from chatsphere.web.pages import go, is_guest, pages, sign_in_first
from chatsphere.web.settings import show

HUES = (
    (22, phrase("Ember")),
    (62, phrase("Amber")),
    (130, phrase("Moss")),
    (172, phrase("Sea")),
    (215, phrase("Lake")),
    (255, phrase("Dusk")),
    (300, phrase("Heather")),
    (350, phrase("Rose")),
)


@pages.get("/settings/appearance")
def appearance() -> Response:
    """How ChatSphere looks to oneself."""
    if is_guest():
        return sign_in_first()
    return show("appearance", hues=HUES, sizes=(looks.SMALLEST, looks.LARGEST, looks.STEP))


@pages.post("/settings/appearance")
def choose_look() -> Response:
    """What of it was sent is so from now on: in this browser, and in those that have not been told otherwise."""
    if is_guest():
        return sign_in_first()
    # Of a switch that is on, both its field and the one before it are sent.
    sent = {name: values[-1] for name, values in request.form.lists()}
    wanted = looks.changed(look(), sent)
    house().chat.do(choices.appear, me(), looks.written(wanted))
    response = make_response(go("/settings/appearance?done=appearance#appearance"))
    wear(response, wanted)
    return response
