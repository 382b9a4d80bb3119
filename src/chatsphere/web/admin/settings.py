"""Settings: every one with its value and where that came from, and the rules that are decided here while it runs."""

from __future__ import annotations

from typing import cast

from werkzeug.wrappers import Response

from chatsphere.core import rules
from chatsphere.core.phrases import phrase
from chatsphere.core.rules import SecondFactor
from chatsphere.disclosure import disclose
from chatsphere.http.identity import house, me, require_confirmed
from chatsphere.web.admin.desk import DESKS, Desk, administrators_only, changed, show
from chatsphere.web.forms import Form, sent
from chatsphere.web.pages import pages

DESKS["settings"] = Desk("settings", "/admin/settings", phrase("Settings"), "sliders-horizontal")


@pages.get("/admin/settings")
@administrators_only
def admin_settings() -> Response:
    """What is set, and by what."""
    return _page(Form("rules"))


@pages.post("/admin/settings")
@administrators_only
def admin_rules() -> Response:
    """Who has to have a second factor."""
    form = sent("rules", "second_factor")

    def change() -> None:
        require_confirmed()
        wanted = cast("SecondFactor", form.values["second_factor"])
        house().chat.do(rules.require_second_factor, me(), wanted)

    return changed("settings", form, change, _page)


def _page(form: Form, status: int = 200) -> Response:
    chosen = form.values.get("second_factor") or house().chat.ask(rules.second_factor)
    return show("settings", status, form=form, chosen=chosen, disclosed=list(disclose(house().settings)))
