"""The gallery: the pictures of a conversation, or of all that the caller is in."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chatsphere import shapes
from chatsphere.api import rights
from chatsphere.api.endpoint import Query, Reply, endpoint
from chatsphere.api.fields import Id, Limit
from chatsphere.core import gallery
from chatsphere.core.gallery import Wanted
from chatsphere.core.values import Page, Picture
from chatsphere.http.identity import house, me
from chatsphere.outlines import PictureOut

Place = Annotated[str, Field(min_length=1, max_length=128)]


class GalleryQuery(Query):
    """Where the page lies, the three exclude each other; and which pictures."""

    before: Annotated[Place | None, Field(description="Older than this place.")] = None
    after: Annotated[Place | None, Field(description="Newer than this place.")] = None
    around: Annotated[Id | None, Field(description="This attachment and its neighbours.")] = None
    sender_id: Annotated[Id | None, Field(description="Only what this user has sent.")] = None
    has_text: Annotated[bool, Field(description="Only with a caption or a description.")] = False
    limit: Limit = 50

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        given = [name for name in ("before", "after", "around") if getattr(self, name) is not None]
        if len(given) > 1:
            raise PydanticCustomError("exclusive", "excludes {others}", {"field": given[-1], "others": given[0]})
        return self

    @property
    def wanted(self) -> Wanted:
        """The same in the core's words."""
        whose = me() if self.sender_id == "me" else self.sender_id
        return Wanted(self.before, self.after, self.around, whose, self.has_text, self.limit)


@endpoint("GET", "/conversations/<conversation_id>/pictures", right=rights.sit)
def page(conversation_id: str, query: GalleryQuery) -> Reply[list[PictureOut]]:
    """List a conversation's pictures, ascending; the latest page unless told otherwise."""
    return _shown(house().chat.ask(gallery.page, me(), conversation_id, query.wanted), query)


@endpoint("GET", "/pictures", limit="gallery")
def everything(query: GalleryQuery) -> Reply[list[PictureOut]]:
    """List the pictures of all conversations, ascending; the latest page unless told otherwise."""
    return _shown(house().chat.ask(gallery.everything, me(), query.wanted), query)


def _shown(found: Page[Picture], query: GalleryQuery) -> Reply[list[PictureOut]]:
    following = None
    if found.next is not None:
        following = {"after": found.next} if query.after is not None else {"before": found.next, "around": None}
    return Reply([shapes.picture(one) for one in found.items], next=following)
