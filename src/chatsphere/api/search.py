"""Search: where in one's own conversations words were said."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatsphere import shapes
from chatsphere.api.endpoint import Query, Reply, endpoint
from chatsphere.api.fields import Id, Limit
from chatsphere.core import search
from chatsphere.http.identity import house, me
from chatsphere.outlines import HitOut


class SearchQuery(Query):
    """The words, and from where to go on."""

    q: Annotated[str, Field(min_length=1, max_length=search.LONGEST, description="Found as written, in any case.")]
    conversation_id: Annotated[Id | None, Field(description="In this conversation alone.")] = None
    after: Annotated[str | None, Field(min_length=1, max_length=128, description="From this place on.")] = None
    limit: Limit = 50


@endpoint("GET", "/search", limit="find")
def hits(query: SearchQuery) -> Reply[list[HitOut]]:
    """Find messages by words: the newest of each conversation, the one that was active last first."""
    found = house().chat.ask(search.hits, me(), query.q, query.limit, query.after, query.conversation_id)
    return Reply([shapes.hit(one) for one in found.items], next={"after": found.next} if found.next else None)
