"""Privacy: who may write to one first."""

from __future__ import annotations

from typing import Literal

from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.core import people
from chatsphere.http.identity import house, me, viewer
from chatsphere.outlines import PrivacyOut


class PrivacyChange(Body):
    """Who may write to one first: anyone, those with whom one shares a group, or nobody."""

    first_contact: Literal["anyone", "shared", "nobody"]


@endpoint("GET", "/privacy")
def get() -> Reply[PrivacyOut]:
    """Show who may write to one first."""
    return Reply({"first_contact": viewer().first_contact})


@endpoint("PUT", "/privacy")
def change(body: PrivacyChange) -> Reply[PrivacyOut]:
    """Choose who may write to one first; conversations that one has stay."""
    user = house().chat.do(people.set_first_contact, me(), body.first_contact)
    return Reply({"first_contact": user.first_contact})
