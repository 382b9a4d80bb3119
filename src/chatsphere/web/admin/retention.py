"""Retention: after how long messages go. What would go by a rule is counted and shown before it is kept."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from chatsphere.core import retention, rules, storage
from chatsphere.core.errors import Invalid
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, changed, show
from chatsphere.web.admin.storage import place
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import pages

DESKS["retention"] = Desk("retention", "/admin/retention", phrase("Retention"), "timer")

_AT_ONCE = 25
_KINDS = ("days", "ever", "usual")


@pages.get("/admin/retention")
@administrators_only
def admin_retention() -> Response:
    """The rule of the installation, and which conversations have one of their own."""
    return _page(_asked())


@pages.post("/admin/retention")
@administrators_only
def admin_retain() -> Response:
    """Keep a rule for the installation."""
    form = sent("rule", "keep", "days")
    decide = lambda: house().chat.do(rules.retain, me(), _days(form) or None)  # noqa: E731
    return changed("retention", form, _confirmed(decide), _page)


@pages.get("/admin/retention/<conversation_id>")
@administrators_only
def admin_retention_of(conversation_id: str) -> Response:
    """The rule of one conversation, which is known by its numbers."""
    return _page_of(conversation_id, _asked())


@pages.post("/admin/retention/<conversation_id>")
@administrators_only
def admin_retain_of(conversation_id: str) -> Response:
    """Keep a rule for one conversation."""
    form = sent("rule", "keep", "days")
    decide = lambda: house().chat.do(retention.decide, me(), conversation_id, _days(form))  # noqa: E731
    path = f"{DESKS['retention'].path}/{conversation_id}"
    again = lambda refused, status: _page_of(conversation_id, refused, status)  # noqa: E731
    return changed("retention", form, _confirmed(decide), again, path)


def _confirmed(decide: Callable[[], object]) -> Callable[[], object]:
    def change() -> None:
        require_confirmed()
        decide()

    return change


def _asked() -> Form:
    """The rule that is asked about, which nobody has kept yet."""
    return Form("rule", {name: request.args.get(name, "").strip() for name in ("keep", "days")})


def _days(form: Form) -> int | None:
    """So many days, FOR_EVER, or None: as everywhere."""
    keep, days = form.values["keep"], form.values["days"]
    if keep not in _KINDS:
        raise Invalid.field("keep", "Say how long messages stay.")
    if keep != "days":
        return retention.FOR_EVER if keep == "ever" else None
    if not (days.isascii() and days.isdigit() and 1 <= int(days[:9]) <= rules.LONGEST_RETENTION):
        raise Invalid.field("days", f"Use 1 to {rules.LONGEST_RETENTION:,} days.")
    return int(days)


def _reach(form: Form, conversation_id: str | None = None) -> tuple[Form, retention.Reach | None]:
    """What would go by the rule that is asked about, or what is wrong with it."""
    if not form.values.get("keep"):
        return form, None
    try:
        return form, house().chat.ask(retention.reach, _days(form), conversation_id)
    except Invalid as refusal:
        return form.refused(refusal), None


def _page(form: Form, status: int = 200) -> Response:
    form, reach = _reach(form)
    own = house().chat.ask(retention.own, _AT_ONCE, place(request.args.get("after", "")))
    following = f"{DESKS['retention'].path}?after={own.next}" if own.next else None
    usual = house().chat.ask(rules.retention_days)
    return show("retention", status, form=form, reach=reach, usual=usual, talks=own.items, following=following)


def _page_of(conversation_id: str, form: Form, status: int = 200) -> Response:
    talk = house().chat.ask(storage.conversation, conversation_id)
    form, reach = _reach(form, conversation_id)
    usual = house().chat.ask(rules.retention_days)
    return show("retention", status, template="conversation", talk=talk, form=form, reach=reach, usual=usual)
