"""Settings: profile, picture, address, password, where one is signed in, tokens, the look, and leaving."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from chatsphere.core import passwords, people, sessions
from chatsphere.core.errors import Conflict, Refusal
from chatsphere.http.credentials import require_password
from chatsphere.http.identity import house, me, sign_out, signed_in, viewer
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import THEMES, go, is_guest, pages, sign_in_first

_YEAR = 365 * 24 * 3600
_AGAIN = {"is missing": "Your current password is needed.", "is not your password": "This is not your password."}


@pages.get("/settings")
def settings() -> Response:
    """Everything that somebody can change about themself."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/profile")
def profile() -> Response:
    """How one is called."""
    form = sent("profile", "display_name", "user_name")
    return _changed(form, lambda: house().chat.do(people.change, me(), me(), **form.values))


@pages.post("/settings/email")
def email() -> Response:
    """Where one gets mail; asks who one is."""
    form = sent("email", "email", "current_password")

    def change() -> None:
        _confirm(form)
        house().chat.do(people.change, me(), me(), email=form.values["email"])

    return _changed(form, change)


@pages.post("/settings/password")
def password() -> Response:
    """A new password, which ends one's other sessions; asks who one is."""
    form = sent("password", "current_password", "password")

    def change() -> None:
        _confirm(form)
        passwords.check(form.values["password"])
        hashed, keep = passwords.hash(form.values["password"]), signed_in().session.id
        house().chat.do(people.change, me(), me(), password_hash=hashed, keep_session=keep)

    return _changed(form, change)


@pages.post("/settings/sessions/<session_id>/end")
def end_session(session_id: str) -> Response:
    """Sign out somewhere else."""
    return _changed(Form("sessions"), lambda: house().chat.do(sessions.end, me(), session_id))


@pages.post("/settings/tokens")
def make_token() -> Response:
    """A token for a program, shown this once; asks who one is."""
    form = sent("tokens", "name", "current_password")
    made: list[sessions.Opened] = []

    def make() -> None:
        _confirm(form)
        made.append(house().chat.do(sessions.open, me(), kind="token", name=form.values["name"] or "A program"))

    refused = _tried(form, make)
    return refused or _page(token=made[0].token)


@pages.post("/settings/tokens/<token_id>/end")
def end_token(token_id: str) -> Response:
    """Make a token worthless."""
    return _changed(Form("tokens"), lambda: house().chat.do(sessions.end, me(), token_id, "token"))


@pages.post("/settings/theme")
def choose_theme() -> Response:
    """Light, dark, or as the system has it."""
    response = make_response(go("/settings#look"))
    wanted = request.form.get("theme", "")
    secure = house().settings.secure
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=_YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie("theme", samesite="Lax", secure=secure)
    return response


@pages.post("/settings/leave")
def leave() -> Response:
    """Delete one's account; asks who one is."""
    form = sent("leave", "current_password")

    def delete() -> None:
        _confirm(form)
        house().chat.do(people.delete, me(), me())

    refused = _tried(form, delete)
    if refused:
        return refused
    response = make_response(go("/"))
    sign_out(response)
    return response


def _confirm(form: Form) -> None:
    require_password(form.values["current_password"])
    house().chat.do(sessions.confirm, me(), signed_in().session.id)


def _changed(form: Form, change: Callable[[], object]) -> Response:
    """Back to the settings once it is done; the same page with what is wrong where it is refused."""
    return _tried(form, change) or go(f"/settings?done={form.name}#{form.name}")


def _tried(form: Form, change: Callable[[], object]) -> Response | None:
    if is_guest():
        return sign_in_first()
    try:
        change()
    except Conflict as refusal:
        field = next((name for name in ("email", "user_name") if name in form.values), "")
        return _page(Form(form.name, form.values, {field: refusal.detail}), refusal.status)
    except Refusal as refusal:
        said = form.refused(refusal)
        errors = {name: _AGAIN.get(text, text) for name, text in said.errors.items()}
        return _page(Form(form.name, form.values, errors), refusal.status)
    return None


def _page(refused: Form | None = None, status: int = 200, token: str | None = None) -> Response:
    names = ("profile", "email", "password", "sessions", "tokens", "leave")
    html = render_template(
        "settings/index.html",
        user=viewer(),
        forms={name: refused if refused and refused.name == name else Form(name) for name in names},
        sessions=house().chat.ask(sessions.mine, me()),
        current=signed_in().session.id,
        tokens=house().chat.ask(sessions.mine, me(), "token"),
        token=token,
        done=request.args.get("done", ""),
        most=house().settings.max_upload_mb,
    )
    return make_response(html, status)
