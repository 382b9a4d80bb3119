"""Settings: the pages that everybody has about themself, and the first of them: who one is, and the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere import languages
from chatsphere.core import choices, people
from chatsphere.core.errors import ConfirmNeeded, Conflict, Refusal
from chatsphere.core.phrases import phrase
from chatsphere.http.identity import house, is_confirmed, me, viewer
from chatsphere.http.words import speak
from chatsphere.web.confirm import confirm_first
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import go, is_guest, pages, sign_in_first

_YEAR = 365 * 24 * 3600
_AGAIN = {
    "is missing": phrase("Your current password is needed."),
    "is not your password": phrase("This is not your password."),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the settings: its template is called like it, `icon` is what stands before its name."""

    template: str
    path: str
    name: str
    icon: str
    forms: tuple[str, ...]


LEAVES = {
    leaf.template: leaf
    for leaf in (
        Leaf("index", "/settings", phrase("You"), "user", ("profile",)),
        Leaf(
            "security",
            "/settings/security",
            phrase("Sign-in and security"),
            "shield-check",
            ("email", "confirm-email", "password", "authenticator", "recovery", "passkeys", "identities"),
        ),
        Leaf("appearance", "/settings/appearance", phrase("Appearance"), "palette", ("appearance",)),
        Leaf(
            "privacy",
            "/settings/privacy",
            phrase("Privacy"),
            "eye-off",
            ("privacy", "switches", "previews", "contacts"),
        ),
        Leaf("devices", "/settings/devices", phrase("Devices"), "laptop", ("sessions",)),
        Leaf("tokens", "/settings/tokens", phrase("Programs"), "key-round", ("tokens",)),
        Leaf("invitations", "/settings/invitations", phrase("Invitations"), "ticket", ("invitations",)),
        Leaf("data", "/settings/data", phrase("Your data"), "archive", ("export", "leave", "stay")),
    )
}


@pages.app_template_global()
def settings_pages() -> list[Leaf]:
    """Every page of the settings, in their order."""
    return list(LEAVES.values())


@pages.get("/settings")
def settings() -> Response:
    """Who one is, and the language."""
    return sign_in_first() if is_guest() else show("index")


@pages.post("/settings/profile")
def profile() -> Response:
    """How one is called."""
    form = sent("profile", "display_name", "user_name")
    display_name, user_name = form.values["display_name"], form.values["user_name"]

    def change() -> None:
        house().chat.do(people.change, me(), me(), display_name=display_name, user_name=user_name)

    return changed("index", form, change)


@pages.post("/settings/language")
def choose_language() -> Response:
    """In which language ChatSphere speaks: here at once, and wherever they sign in."""
    wanted = request.form.get("language", "")
    wanted = wanted if languages.known(wanted) else ""
    if not is_guest():
        house().chat.do(choices.speak, me(), wanted)
    response = make_response(go("/settings?done=language#language"))
    speak(response, wanted)
    return response


# --- what every page of the settings is made with


def show(leaf: str, refused: Form | None = None, status: int = 200, **more: Any) -> Response:
    """A page of the settings; `refused` is the form on it that was sent and is shown again with its faults."""
    here = LEAVES[leaf]
    html = render_template(
        f"settings/{leaf}.html",
        here=here,
        user=viewer(),
        forms={name: refused if refused and refused.name == name else Form(name) for name in here.forms},
        done=request.args.get("done", ""),
        confirmed=is_confirmed(),
        **more,
    )
    return make_response(html, status)


Show = Callable[[Form, int], Response]


def changed(leaf: str, form: Form, change: Callable[[], object], again: Show | None = None) -> Response:
    """Back to the page once it is done; the same page with what is wrong where it is refused."""
    return tried(leaf, form, change, again) or go(f"{LEAVES[leaf].path}?done={form.name}#{form.name}")


def tried(leaf: str, form: Form, change: Callable[[], object], again: Show | None = None) -> Response | None:
    """Do it; what is answered where it is refused, None where it is done. `again` shows a page that needs more."""
    if is_guest():
        return sign_in_first()
    again = again or (lambda refused, status: show(leaf, refused, status))
    try:
        change()
    except ConfirmNeeded:
        return confirm_first(LEAVES[leaf].path)
    except Conflict as refusal:
        field = next((name for name in ("email", "user_name") if name in form.values), "")
        return again(Form(form.name, form.values, {field: refusal.detail}), refusal.status)
    except Refusal as refusal:
        said = form.refused(refusal)
        errors = {name: _AGAIN.get(text, text) for name, text in said.errors.items()}
        return again(Form(form.name, form.values, errors), refusal.status)
    return None
