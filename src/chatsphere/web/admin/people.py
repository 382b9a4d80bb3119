"""People: everybody who has an account here, and what an administrator may do to one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args
from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import audit, roster
from chatsphere.core.chat import Tx
from chatsphere.core.errors import Invalid
from chatsphere.core.phrases import phrase
from chatsphere.core.roster import Account, Which
from chatsphere.core.values import User
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.web.admin.chronicle import told
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, changed, show, tried
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, pages

DESKS["people"] = Desk("people", "/admin/people", phrase("People"), "users")

_AT_ONCE = 50
_FORMS = ("rename", "delete", "deed")

Deed = Callable[[Tx, str | None, str], User]


@pages.get("/admin/people")
@administrators_only
def admin_people() -> Response:
    """Everybody, by name; to be searched and sifted."""
    query, which = request.args.get("query", "").strip()[:64], _which(request.args.get("which", ""))
    page = house().chat.ask(roster.page, query, which, _AT_ONCE, request.args.get("after"))
    place = {"query": query, "which": which, "after": page.next}
    following = f"{DESKS['people'].path}?{urlencode(place)}" if page.next else None
    return show("people", accounts=page.items, following=following, query=query, which=which)


def _which(wanted: str) -> Which:
    return cast("Which", wanted) if wanted in get_args(Which) else "everybody"


@pages.get("/admin/people/<user_id>")
@administrators_only
def admin_person(user_id: str) -> Response:
    """One person: what an administrator may know, and do."""
    return _page(user_id)


@pages.post("/admin/people/<user_id>/rename")
@administrators_only
def admin_rename(user_id: str) -> Response:
    """Call somebody otherwise."""
    form = sent("rename", "display_name", "user_name")
    return _changed(user_id, form, lambda: house().chat.do(roster.rename, me(), user_id, **form.values))


@pages.post("/admin/people/<user_id>/disable")
@administrators_only
def admin_disable(user_id: str) -> Response:
    """Signed out everywhere, and let in no more."""
    return _done(roster.disable, user_id, matters=True)


@pages.post("/admin/people/<user_id>/enable")
@administrators_only
def admin_enable(user_id: str) -> Response:
    """Let in again."""
    return _done(roster.enable, user_id)


@pages.post("/admin/people/<user_id>/end-sessions")
@administrators_only
def admin_end_sessions(user_id: str) -> Response:
    """Signed out everywhere."""
    return _done(roster.end_sessions, user_id, matters=True)


@pages.post("/admin/people/<user_id>/drop-factors")
@administrators_only
def admin_drop_factors(user_id: str) -> Response:
    """Nothing but the password is asked for any more."""
    return _done(roster.drop_factors, user_id, matters=True)


@pages.post("/admin/people/<user_id>/promote")
@administrators_only
def admin_promote(user_id: str) -> Response:
    """An administrator from now on."""
    return _done(roster.promote, user_id, matters=True)


@pages.post("/admin/people/<user_id>/demote")
@administrators_only
def admin_demote(user_id: str) -> Response:
    """An administrator no more; whoever steps down themself has no business here after it."""
    return _done(roster.demote, user_id, matters=True, then="/settings" if user_id == me() else "")


@pages.post("/admin/people/<user_id>/reset-link")
@administrators_only
def admin_reset_link(user_id: str) -> Response:
    """A link to a new password, shown this once."""
    made: list[str] = []

    def make() -> None:
        require_confirmed()
        made.append(house().chat.do(roster.make_reset_link, me(), user_id))

    refused = tried(Form("deed"), make, _again(user_id), _path(user_id))
    return refused or _page(user_id, link=f"{house().settings.address}/reset/{made[0]}")


@pages.post("/admin/people/<user_id>/delete")
@administrators_only
def admin_delete(user_id: str) -> Response:
    """An account goes at once; its name has to be typed for it."""
    form = sent("delete", "user_name")

    def delete() -> None:
        require_confirmed()
        name = house().chat.ask(roster.find, user_id).user.user_name
        if form.values["user_name"].casefold() != name.casefold():
            raise Invalid.field("user_name", phrase("Type {name} to delete this account.", name=name))
        house().chat.do(roster.delete, me(), user_id)

    path = DESKS["people"].path
    return tried(form, delete, _again(user_id), _path(user_id)) or go(f"{path}?done=delete")


def _done(deed: Deed, user_id: str, *, matters: bool = False, then: str = "") -> Response:
    """What takes one button. Before what `matters` one shows that it is oneself."""

    def change() -> None:
        if matters:
            require_confirmed()
        house().chat.do(deed, me(), user_id)

    form, path = Form("deed"), _path(user_id)
    return tried(form, change, _again(user_id), path) or go(then or f"{path}?done=deed")


def _changed(user_id: str, form: Form, change: Callable[[], object]) -> Response:
    return changed("people", form, change, _again(user_id), _path(user_id))


def _path(user_id: str) -> str:
    return f"{DESKS['people'].path}/{user_id}"


def _again(user_id: str) -> Callable[[Form, int], Response]:
    return lambda refused, status: _page(user_id, refused, status)


def _page(user_id: str, refused: Form | None = None, status: int = 200, **more: Any) -> Response:
    account: Account = house().chat.ask(roster.find, user_id)
    entries = house().chat.ask(audit.page, 20, None, user_id, viewer_id=me())
    forms = {name: refused if refused and refused.name == name else Form(name) for name in _FORMS}
    own = account.user.id == me()
    return show(
        "people", status, template="person", account=account, own=own, entries=told(entries.items), forms=forms, **more
    )
