"""The audit log: what was done, the newest first, and whether nobody has changed what was written."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import audit, people
from chatsphere.core.errors import NotFound
from chatsphere.core.phrases import phrase
from chatsphere.core.values import User
from chatsphere.http.identity import house, me
from chatsphere.web.admin.chronicle import told
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, show
from chatsphere.web.pages import pages

DESKS["audit"] = Desk("audit", "/admin/audit", phrase("Audit log"), "scroll-text")

_AT_ONCE = 50


@pages.get("/admin/audit")
@administrators_only
def admin_audit() -> Response:
    """What was done; with `check` also whether the chain holds, which reads all of it."""
    person = _person(request.args.get("person", ""))
    before = request.args.get("before", "")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    wanted = {"person_id": person.id if person else None, "viewer_id": me()}
    page = house().chat.ask(audit.page, _AT_ONCE, place, **wanted)
    verdict = house().chat.ask(audit.verify) if "check" in request.args else None
    kept = {"person": person.id} if person else {}
    following = f"{DESKS['audit'].path}?{urlencode({**kept, 'before': page.next})}" if page.next else None
    return show("audit", entries=told(page.items), following=following, person=person, verdict=verdict)


def _person(user_id: str) -> User | None:
    if not user_id:
        return None
    try:
        return house().chat.ask(people.find, me(), user_id)
    except NotFound:
        return None
