"""The first page: the landing for guests, the app for whoever is signed in."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from chatsphere.core import people
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house
from chatsphere.web.conversation import app
from chatsphere.web.pages import is_guest, pages
from chatsphere.web.register import first_page

# Each picture tints the whole page with its own hue.
SCENES = (
    ("dusk", 8, phrase("Sunset behind two dark peaks, magenta sky")),
    ("flower", 53, phrase("Orange dahlia in full bloom against dark leaves")),
    ("ridge", 169, phrase("Green ridges fading into morning mist")),
    ("lake", 234, phrase("A still lake mirroring pine islands")),
    ("dawn", 278, phrase("Sun rising behind four ridgelines in violet haze")),
)


@pages.get("/")
def index() -> str | Response:
    """The landing, or the list of conversations; in an empty house the way to its first account."""
    if is_guest():
        if house().chat.ask(people.nobody):
            return first_page()
        return render_template("landing/index.html", scenes=SCENES, signup=house().settings.signup)
    return app()
