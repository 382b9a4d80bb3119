"""Drafts: what one has begun to say, for one's other devices. Nobody else sees any of it."""

from __future__ import annotations

from itertools import zip_longest
from typing import Annotated

from pydantic import Field

from chatsphere import writing
from chatsphere.api import rights
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import Alt, Caption, Content, Id, Seq
from chatsphere.core import drafts
from chatsphere.core.events import Attached
from chatsphere.http.identity import house, me
from chatsphere.writing import DraftOut


class NewDraft(Body):
    """What is begun. Without words, an answer or files there is no draft any more."""

    content: Content = ""
    reply_to: Seq | None = None
    reply_attachment: Annotated[Id | None, Field(description="The one picture of it that is answered.")] = None
    uploads: Annotated[list[Id], Field(max_length=20, default_factory=list)]
    alt: Annotated[list[Alt], Field(max_length=20, default_factory=list)]
    caption: Annotated[list[Caption], Field(max_length=20, default_factory=list)]


@endpoint("GET", "/drafts")
def mine() -> Reply[list[DraftOut]]:
    """List what one has begun to say, the latest first."""
    return Reply([writing.draft(one) for one in house().chat.ask(drafts.mine, me())])


@endpoint("PUT", "/conversations/<conversation_id>/draft", right=rights.sit, limit="draft", status=204)
def keep(conversation_id: str, body: NewDraft) -> Reply[None]:
    """Keep what one has begun here; the last one wins."""
    words = zip_longest(body.uploads, body.alt, body.caption, fillvalue="")
    files = [Attached(*one) for one in words][: len(body.uploads)]
    begun = (body.content, body.reply_to, files, body.reply_attachment)
    house().chat.do(drafts.keep, me(), conversation_id, *begun)
    return Reply()
