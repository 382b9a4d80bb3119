"""Recovery codes: made anew, shown once, and handed over as a file without any script."""

from __future__ import annotations

import re

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import recovery
from chatsphere.http.identity import house, me, require_confirmed, viewer
from chatsphere.http.words import gettext
from chatsphere.web.forms import Form
from chatsphere.web.pages import is_guest, pages, sets_up, sign_in_first
from chatsphere.web.settings import LEAVES, tried

_CODE = re.compile(r"[0-9a-z]{4}(-[0-9a-z]{4}){3}", re.ASCII)


@pages.post("/settings/recovery")
@sets_up
def renew_recovery() -> Response:
    """New codes, shown this once; the older ones are worthless then. Asks who one is."""
    codes: list[str] = []

    def renew() -> None:
        require_confirmed()
        codes.extend(house().chat.do(recovery.renew, me()))

    return tried("security", Form("recovery"), renew) or told(tuple(codes), "recovery")


@pages.post("/settings/recovery/file")
@sets_up
def recovery_file() -> Response:
    """The codes that the page has just shown, as a file: the page sends them, for nobody else knows them any more."""
    if is_guest():
        return sign_in_first()
    codes = [one for one in request.form.getlist("code")[: recovery.CODES] if _CODE.fullmatch(one)]
    lines = [
        gettext("Recovery codes of %(name)s for ChatSphere. Each works once.", name=viewer().user_name),
        "",
        *codes,
        "",
    ]
    answer = make_response("\n".join(lines))
    answer.content_type = "text/plain; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="chatsphere-recovery-codes.txt"'
    return answer


def told(codes: tuple[str, ...], done: str) -> Response:
    """The page that shows codes, after what has `done` made them."""
    html = render_template("settings/recovery.html", here=LEAVES["security"], user=viewer(), codes=codes, done=done)
    return make_response(html)
