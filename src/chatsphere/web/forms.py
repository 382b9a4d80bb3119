"""A form as it is shown again: what was typed, and what is wrong with each field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import request

from chatsphere.core.errors import Refusal

_SECRET = ("password", "current_password")


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page; `errors` by field, and under "" what concerns the whole."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def refused(self, refusal: Refusal, fields: Iterable[str] = ()) -> Form:
        """The form with a refusal put where it belongs; what has no field here is said over the form."""
        known = set(fields) or set(self.values)
        errors = {error.field if error.field in known else "": error.message for error in refusal.errors}
        return Form(self.name, self.values, errors or {"": refusal.detail})


def sent(name: str, *fields: str) -> Form:
    """What was sent for these fields. Passwords are kept as they are, and never shown again."""
    values = {one: request.form.get(one, "") for one in fields}
    return Form(name, {one: text if one in _SECRET else text.strip() for one, text in values.items()})
