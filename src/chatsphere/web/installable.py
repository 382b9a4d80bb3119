"""What makes an app of the pages: a manifest, a service worker, and a page for when there is no network."""

from __future__ import annotations

import json

from flask import render_template
from werkzeug.wrappers import Response

from chatsphere.http import assets
from chatsphere.http.responses import Response as Answer
from chatsphere.web.pages import pages

_OFFLINE = "/offline"
_ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    """The app as a device installs it."""
    icons = [
        {"src": assets.asset(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in _ICONS
    ]
    said = {
        "id": "/",
        "name": "ChatSphere",
        "short_name": "ChatSphere",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf1ee",
        "theme_color": "#fbf1ee",
        "icons": icons,
    }
    return Answer(json.dumps(said), content_type="application/manifest+json")


@pages.get("/worker.js")
def worker() -> Response:
    """The service worker; another release is another text, which is how browsers notice."""
    release = {"version": assets.version(), "shell": [*assets.shell(), _OFFLINE], "offline": _OFFLINE}
    text = f"self.release = {json.dumps(release)};\n{assets.script(assets.WORKER)}"
    return Answer(text, content_type="text/javascript; charset=utf-8")


@pages.get(_OFFLINE)
def offline() -> str:
    """What stands for a page that cannot be had now. It is kept beforehand, so there is nobody's name in it."""
    return render_template("errors/offline.html")
