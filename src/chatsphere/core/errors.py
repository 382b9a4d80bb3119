"""How the core says no: a Refusal with a sentence for a person, and its few kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chatsphere.core.phrases import phrase


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of the input and what is wrong with it."""

    field: str
    message: str


class Refusal(Exception):
    """What was asked for will not happen; each door translates `status` and `type` into its own language."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = phrase("That did not work")
    type: ClassVar[str] = "about:blank"

    def __init__(self, detail: str = "", *, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors


class Unauthenticated(Refusal):
    """Nobody is signed in, or not any more."""

    status = 401
    title = phrase("Not signed in")


class SecondFactorNeeded(Unauthenticated):
    """The password was right and a second factor is still missing."""

    title = phrase("A second factor is needed")
    type = "/problems/second-factor"


class Forbidden(Refusal):
    """Known to the caller, but not theirs to do."""

    status = 403
    title = phrase("Not allowed")


class ConfirmNeeded(Forbidden):
    """The caller has to show once more that it is them."""

    title = phrase("Confirm that it is you")
    type = "/problems/confirm"


class SecondFactorMissing(Forbidden):
    """The caller has to have a second factor here, and has none yet."""

    title = phrase("Set up a second factor first")
    type = "/problems/second-factor-required"


class NotFound(Refusal):
    """Absent and foreign look alike, so there is one sentence for both."""

    status = 404
    title = phrase("Not found")

    def __init__(self) -> None:
        super().__init__(phrase("There is nothing here, or it is not yours to see."))


class Conflict(Refusal):
    """It contradicts what is there."""

    status = 409
    title = phrase("Conflict")


class Invalid(Refusal):
    """Understood, but not acceptable; `errors` names each field."""

    status = 422
    title = phrase("Not valid")

    @classmethod
    def field(cls, field: str, message: str) -> Invalid:
        """The refusal of one field."""
        return cls(message, errors=(FieldError(field, message),))


class TooMany(Refusal):
    """Too often; `retry_after` is in seconds."""

    status = 429
    title = phrase("Too many requests")

    def __init__(self, detail: str = "", *, retry_after: int = 60) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Unavailable(Refusal):
    """Not now; `retry_after` is in seconds."""

    status = 503
    title = phrase("Not available right now")

    def __init__(self, detail: str = "", *, retry_after: int = 2) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
