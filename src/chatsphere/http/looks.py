"""How pages look to whoever asks: what this browser was told, or else what its owner has chosen elsewhere."""

from __future__ import annotations

from flask import Flask, g, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from chatsphere.core import looks
from chatsphere.core.looks import Look
from chatsphere.http.identity import house

COOKIE = "look"
_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Give the templates `look()`, and `worn()` for the root element."""
    app.add_template_global(look)
    app.add_template_global(worn)


def look() -> Look:
    """The look of this request: a browser that was told keeps to it, any other takes on its owner's."""
    kept = request.cookies.get(COOKIE, "")
    found = g.get("signed_in")
    return looks.read(kept or ("" if found is None else found.user.look))


def worn() -> Markup:
    """The look as attributes of the root element: what is as usual has none."""
    now, usual = look(), Look()
    said = {
        "theme": now.theme,
        "density": now.density if now.density != usual.density else "",
        "size": str(now.size) if now.size != usual.size else "",
        "own-hue": "" if now.hue is None else str(now.hue),
        "letters": "" if now.letters else "off",
        "enter": "" if now.enter else "off",
        "remind": "on" if now.remind else "",
    }
    return Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in said.items() if value)


def wear(response: Response, wanted: Look) -> None:
    """Have this browser's pages look so from now on, whoever sits there."""
    # Not HttpOnly: scripts change it at once, and tell the account afterwards.
    response.set_cookie(
        COOKIE, looks.written(wanted), max_age=_YEAR, samesite="Lax", secure=house().settings.secure, httponly=False
    )
