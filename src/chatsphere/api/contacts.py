"""Contacts: whom one has blocked or muted. Nobody is told by whom they are."""

from __future__ import annotations

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import ABSENT, paged
from chatsphere.api.sessions import SessionQuery
from chatsphere.core import contacts
from chatsphere.http.identity import house, me
from chatsphere.outlines import ContactOut


class ContactQuery(SessionQuery):
    """Which of one's contacts, and how many at once."""


class ContactChange(Body):
    """Either or both; what is left out stays as it is."""

    blocked: bool = ABSENT
    muted: bool = ABSENT


@endpoint("GET", "/contacts")
def mine(query: ContactQuery) -> Reply[list[ContactOut]]:
    """List those whom one has blocked or muted."""
    found = house().chat.ask(contacts.mine, me())
    page, following = paged(found, query.limit, query.after)
    return Reply([shapes.contact(one) for one in page], next=following)


@endpoint("PUT", "/contacts/<user_id>", right=rights.see_user)
def change(user_id: str, body: ContactChange) -> Reply[ContactOut]:
    """Block or mute somebody, or end it; blocking holds both ways."""
    if body.blocked is not ABSENT:
        house().chat.do(contacts.block if body.blocked else contacts.unblock, me(), user_id)
    if body.muted is not ABSENT:
        house().chat.do(contacts.mute if body.muted else contacts.unmute, me(), user_id)
    return Reply(shapes.contact(house().chat.ask(contacts.get, me(), user_id)))
