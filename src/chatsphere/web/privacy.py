"""Privacy: who may write to one first, what others see of one, whether links are looked at, who is blocked or muted."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from werkzeug.wrappers import Response

from chatsphere.core import contacts, people, previews, switches
from chatsphere.core.chat import Tx
from chatsphere.core.values import FirstContact
from chatsphere.http.identity import house, me
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import is_guest, pages, sign_in_first
from chatsphere.web.settings import changed, show


@pages.get("/settings/privacy")
def privacy() -> Response:
    """Who may write first; what others see; whether links are looked at; who is blocked or muted."""
    return sign_in_first() if is_guest() else _page()


@pages.post("/settings/privacy")
def choose_first_contact() -> Response:
    """From now on only these may write first."""
    form = sent("privacy", "first_contact")
    whom = cast("FirstContact", form.values["first_contact"])
    return changed("privacy", form, lambda: house().chat.do(people.set_first_contact, me(), whom), _page)


@pages.post("/settings/switches")
def turn_switches() -> Response:
    """From now on others see this of one, or not, and so one sees it of them."""
    form = sent("switches", "presence", "receipts")
    shown = {name: value == "on" for name, value in form.values.items()}
    return changed("privacy", form, lambda: house().chat.do(switches.turn, me(), **shown), _page)


@pages.post("/settings/previews")
def choose_previews() -> Response:
    """From now on links that one sends are looked at, or not."""
    form = sent("previews", "previews")
    return changed(
        "privacy", form, lambda: house().chat.do(previews.switch, me(), form.values["previews"] == "on"), _page
    )


@pages.post("/settings/contacts/<user_id>/unblock")
def unblock(user_id: str) -> Response:
    """Somebody may write again."""
    return _decided(contacts.unblock, user_id)


@pages.post("/settings/contacts/<user_id>/unmute")
def unmute(user_id: str) -> Response:
    """Somebody may be heard again."""
    return _decided(contacts.unmute, user_id)


def _decided(decision: Callable[[Tx, str, str], None], user_id: str) -> Response:
    return changed("privacy", Form("contacts"), lambda: house().chat.do(decision, me(), user_id), _page)


def _page(refused: Form | None = None, status: int = 200) -> Response:
    return show(
        "privacy", refused, status, contacts=house().chat.ask(contacts.mine, me()), looks=house().settings.link_previews
    )
