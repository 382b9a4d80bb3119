"""Privacy: who may write to one first, and what others see of one."""

from __future__ import annotations

from typing import Literal

from chatsphere import shapes
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import ABSENT
from chatsphere.core import people, switches
from chatsphere.http.identity import house, me, viewer
from chatsphere.outlines import PrivacyOut


class PrivacyChange(Body):
    """Who may write to one first: anyone, those with whom one shares a group, or nobody.

    `presence`, `receipts`: others see when one is here, and how far one has read; who hides it does not see others'.
    """

    first_contact: Literal["anyone", "shared", "nobody"] = ABSENT
    presence: bool = ABSENT
    receipts: bool = ABSENT


@endpoint("GET", "/privacy")
def get() -> Reply[PrivacyOut]:
    """Show who may write to one first, and what others see of one."""
    return Reply(shapes.privacy(viewer()))


@endpoint("PUT", "/privacy")
def change(body: PrivacyChange) -> Reply[PrivacyOut]:
    """Choose who may write to one first, and what others see of one; conversations that one has stay."""
    if body.first_contact is not ABSENT:
        house().chat.do(people.set_first_contact, me(), body.first_contact)
    house().chat.do(switches.turn, me(), presence=body.presence, receipts=body.receipts)
    return Reply(shapes.privacy(house().chat.ask(people.find, me(), me())))
