"""Events: what happened in a conversation since, for whoever catches up."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Query, Reply, endpoint
from chatsphere.api.fields import Limit, Number
from chatsphere.core import log
from chatsphere.http.identity import house, me
from chatsphere.outlines import EventOut


class EventQuery(Query):
    """After which number, and how many at once."""

    after: Annotated[Number, Field(description="Only what came after this number.")] = 0
    limit: Limit = 50


@endpoint("GET", "/conversations/<conversation_id>/events", right=rights.sit)
def since(conversation_id: str, query: EventQuery) -> Reply[list[EventOut]]:
    """List what happened after a number, in order."""
    found = house().chat.ask(log.since, me(), conversation_id, query.after, query.limit + 1)
    page = found[: query.limit]
    following = {"after": page[-1].seq} if len(found) > query.limit else None
    return Reply([shapes.event(one) for one in page], next=following)
