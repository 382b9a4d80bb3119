"""What every page of the administration is made with: who may see it, and the frame around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core.errors import ConfirmNeeded, Forbidden, Refusal
from chatsphere.http.identity import viewer
from chatsphere.web.confirm import confirm_first
from chatsphere.web.forms import Form
from chatsphere.web.pages import go, is_guest, pages, sign_in_first

V = TypeVar("V", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Desk:
    """One page of the administration; its template is called like it."""

    template: str
    path: str
    name: str
    icon: str


DESKS: dict[str, Desk] = {}
_IN_ORDER = ("overview", "people", "invitations", "reports", "storage", "retention", "settings", "audit")


@pages.app_template_global()
def admin_pages() -> list[Desk]:
    """Every page of the administration, in their order."""
    return sorted(DESKS.values(), key=lambda desk: _IN_ORDER.index(desk.template))


def administrators_only(view: V) -> V:
    """Let administrators pass; guests sign in first, everybody else is refused."""

    @wraps(view)
    def guarded(**path: str) -> Any:
        if is_guest():
            return sign_in_first()
        if not viewer().is_admin:
            raise Forbidden("Only an administrator may see this.")
        return view(**path)

    return guarded  # type: ignore[return-value]


def show(desk: str, status: int = 200, *, template: str = "", **more: Any) -> Response:
    """A page of the administration, or by another `template` one that stands behind it."""
    here, done = DESKS[desk], request.args.get("done", "")
    html = render_template(f"admin/{template or desk}.html", here=here, user=viewer(), done=done, **more)
    return make_response(html, status)


Again = Callable[[Form, int], Response]


def changed(desk: str, form: Form, change: Callable[[], object], again: Again, back: str = "") -> Response:
    """Back to the page (or to `back`) once it is done; the same page with what is wrong where it is refused."""
    path = back or DESKS[desk].path
    return tried(form, change, again, path) or go(f"{path}{'&' if '?' in path else '?'}done={form.name}")


def tried(form: Form, change: Callable[[], object], again: Again, back: str) -> Response | None:
    """Do it; what is answered where it is refused, None where it is done."""
    try:
        change()
    except ConfirmNeeded:
        return confirm_first(back)
    except Refusal as refusal:
        return again(form.refused(refusal), refusal.status)
    return None
