"""Words for people that pages and commands share: amounts, sizes, and the audit log told in sentences."""

from __future__ import annotations

from typing import Any

from chatsphere.core.audit import Record
from chatsphere.core.phrases import Phrase, phrase
from chatsphere.core.values import Action

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
SERVER = phrase("The server")
"""Who acts where it is no account: somebody with a shell on the machine, or ChatSphere itself."""

# What is said of a deed, and of the same done to oneself. `{actor}` and `{subject}` are names.
TOLD: dict[Action, tuple[Phrase, Phrase]] = {
    "user.created": (phrase("{actor} created the account of {subject}"), phrase("{actor} signed up")),
    "user.disabled": (phrase("{actor} disabled {subject}"), phrase("{actor} disabled their own account")),
    "user.enabled": (phrase("{actor} let {subject} in again"), phrase("{actor} let themselves in again")),
    "user.deleted": (phrase("{actor} deleted the account of {subject}"), phrase("{actor} deleted their account")),
    "user.promoted": (phrase("{actor} made {subject} an administrator"), phrase("{actor} became an administrator")),
    "user.demoted": (
        phrase("{actor} made {subject} an administrator no more"),
        phrase("{actor} stepped down as an administrator"),
    ),
    "user.leaving": (phrase("{actor} set the account of {subject} to be deleted"), phrase("{actor} is leaving")),
    "user.stayed": (phrase("{actor} kept the account of {subject} after all"), phrase("{actor} stays after all")),
    "user.renamed": (phrase("{actor} renamed {subject}"), phrase("{actor} took another name")),
    "sessions.ended": (phrase("{actor} signed {subject} out everywhere"), phrase("{actor} signed out everywhere")),
    "reset.made": (
        phrase("{actor} made a link to a new password for {subject}"),
        phrase("{actor} asked for a link to a new password"),
    ),
    "password.changed": (phrase("{actor} gave {subject} a new password"), phrase("{actor} changed their password")),
    "email.changed": (phrase("{actor} changed the address of {subject}"), phrase("{actor} changed their address")),
    "email.confirmed": (
        phrase("{actor} confirmed the address of {subject}"),
        phrase("{actor} confirmed their address"),
    ),
    "factor.added": (phrase("{actor} added a second factor for {subject}"), phrase("{actor} added a second factor")),
    "factor.removed": (
        phrase("{actor} removed a second factor of {subject}"),
        phrase("{actor} removed a second factor"),
    ),
    "recovery.made": (
        phrase("{actor} made new recovery codes for {subject}"),
        phrase("{actor} made new recovery codes"),
    ),
    "recovery.used": (phrase("{actor} used a recovery code of {subject}"), phrase("{actor} used a recovery code")),
    "identity.linked": (
        phrase("{actor} linked another sign-in to {subject}"),
        phrase("{actor} linked another sign-in"),
    ),
    "identity.unlinked": (phrase("{actor} unlinked a sign-in of {subject}"), phrase("{actor} unlinked a sign-in")),
    "token.made": (phrase("{actor} made a token for {subject}"), phrase("{actor} made a token for a program")),
    "token.deleted": (phrase("{actor} deleted a token of {subject}"), phrase("{actor} deleted a token")),
    "invitation.made": (phrase("{actor} made an invitation"), phrase("{actor} made an invitation")),
    "invitation.revoked": (phrase("{actor} revoked an invitation"), phrase("{actor} revoked an invitation")),
    "invitation.used": (phrase("{actor} came in by an invitation"), phrase("{actor} came in by an invitation")),
    "report.made": (
        phrase("{actor} reported something about {subject}"),
        phrase("{actor} reported something of their own"),
    ),
    "report.closed": (
        phrase("{actor} closed a report about {subject}"),
        phrase("{actor} closed a report about themselves"),
    ),
    "rule.changed": (
        phrase("{actor} changed a rule of this installation"),
        phrase("{actor} changed a rule of this installation"),
    ),
    "retention.changed": (
        phrase("{actor} changed how long messages stay"),
        phrase("{actor} changed how long messages stay"),
    ),
    "retention.applied": (
        phrase("{actor} removed messages that were too old"),
        phrase("{actor} removed messages that were too old"),
    ),
    "message.removed": (
        phrase("{actor} removed a message of {subject}"),
        phrase("{actor} removed a message of their own"),
    ),
    "export.begun": (phrase("{actor} began an export for {subject}"), phrase("{actor} began an export of their data")),
}
_RULES = {"second_factor": phrase("second factor"), "retention_days": phrase("messages go after days")}


def sentence(record: Record) -> Phrase:
    """The sentence about an entry, with `{actor}` and `{subject}` still to be filled in."""
    own = record.actor_id is not None and record.actor_id == record.subject_id
    return TOLD[record.action][own]


def details(record: Record) -> str:
    """What else an entry says: ids, numbers and words of ours, such as `second factor: admins`."""
    return ", ".join(f"{_spoken(name)}: {_plain(value)}" for name, value in _pairs(record))


def _pairs(record: Record) -> list[tuple[str, Any]]:
    if record.action == "rule.changed":
        return [(_RULES.get(str(record.body.get("rule")), "rule"), record.body.get("value", ""))]
    return sorted(record.body.items())


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def amount(number: int, one: str, many: str) -> str:
    """`1 person`, `2,000 people`."""
    return f"{number:,} {one if number == 1 else many}"


def size(number: int) -> str:
    """Bytes as people say them, in thousands: `3.2 MB`."""
    whole, unit = float(number), 0
    while whole >= 999.95 and unit < len(_UNITS) - 1:
        whole, unit = whole / 1000, unit + 1
    if not unit:
        return amount(number, "byte", "bytes")
    return f"{whole:.1f} {_UNITS[unit]}"


def days(number: int | None) -> str:
    """How long messages stay, as a rule says it."""
    return "for ever" if not number else f"for {amount(number, 'day', 'days')}"
