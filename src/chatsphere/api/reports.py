"""Reports: asking the administrators to look at a message, a picture or a person."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chatsphere import shapes
from chatsphere.api.endpoint import Body, Reply, endpoint
from chatsphere.api.fields import Id, Seq
from chatsphere.core import reports
from chatsphere.core.reports import LONGEST_WORDS, Thing
from chatsphere.http.identity import house, me
from chatsphere.outlines import ReportOut

_NAMED_BY = {
    "person": {"user_id"},
    "message": {"conversation_id", "message_id"},
    "picture": {"conversation_id", "message_id", "attachment_id"},
}


class NewReport(Body):
    """What is reported and why: a person by `user_id`; a message by `conversation_id` and `message_id`; a picture by
    these and `attachment_id`."""

    kind: Literal["message", "picture", "person"]
    user_id: Id | None = None
    conversation_id: Id | None = None
    message_id: Seq | None = None
    attachment_id: Id | None = None
    reason: Literal["spam", "harassment", "violence", "sexual", "other"]
    words: Annotated[str, Field(max_length=LONGEST_WORDS)] = ""

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        for name in ("user_id", "conversation_id", "message_id", "attachment_id"):
            wanted, given = name in _NAMED_BY[self.kind], getattr(self, name) is not None
            if wanted != given:
                fault = f"is {'missing' if wanted else 'not a field'} with this kind"
                raise PydanticCustomError("names_one_thing", "{fault}", {"fault": fault, "field": name})
        return self


@endpoint("POST", "/reports", status=201, limit="report", also=(200, 404))
def make(body: NewReport) -> Reply[ReportOut]:
    """Report what one can see; the same thing again, while that is open, gives the report that there is (200)."""
    thing = Thing(body.user_id, body.conversation_id, body.message_id, body.attachment_id)
    made = house().chat.do(reports.make, me(), thing, body.reason, body.words)
    return Reply(shapes.report(made.report), status=201 if made.created else 200)
