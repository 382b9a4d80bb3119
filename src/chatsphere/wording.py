"""Words for people that pages and commands share: amounts, sizes, and the audit log told in sentences."""

from __future__ import annotations

from typing import Any

from chatsphere.core.audit import Record
from chatsphere.core.values import Action

_UNITS = ("bytes", "kB", "MB", "GB", "TB")
SERVER = "The server"
"""Who acts where it is no account: somebody with a shell on the machine, or ChatSphere itself."""

# What is said of a deed, and of the same done to oneself. `{actor}` and `{subject}` are names.
TOLD: dict[Action, tuple[str, str]] = {
    "user.created": ("{actor} created the account of {subject}", "{actor} signed up"),
    "user.disabled": ("{actor} disabled {subject}", "{actor} disabled their own account"),
    "user.enabled": ("{actor} let {subject} in again", "{actor} let themselves in again"),
    "user.deleted": ("{actor} deleted the account of {subject}", "{actor} deleted their account"),
    "user.promoted": ("{actor} made {subject} an administrator", "{actor} became an administrator"),
    "user.demoted": ("{actor} made {subject} an administrator no more", "{actor} stepped down as an administrator"),
    "user.leaving": ("{actor} set the account of {subject} to be deleted", "{actor} is leaving"),
    "user.stayed": ("{actor} kept the account of {subject} after all", "{actor} stays after all"),
    "user.renamed": ("{actor} renamed {subject}", "{actor} took another name"),
    "sessions.ended": ("{actor} signed {subject} out everywhere", "{actor} signed out everywhere"),
    "reset.made": ("{actor} made a link to a new password for {subject}", "{actor} asked for a link to a new password"),
    "password.changed": ("{actor} gave {subject} a new password", "{actor} changed their password"),
    "email.changed": ("{actor} changed the address of {subject}", "{actor} changed their address"),
    "email.confirmed": ("{actor} confirmed the address of {subject}", "{actor} confirmed their address"),
    "factor.added": ("{actor} added a second factor for {subject}", "{actor} added a second factor"),
    "factor.removed": ("{actor} removed a second factor of {subject}", "{actor} removed a second factor"),
    "recovery.made": ("{actor} made new recovery codes for {subject}", "{actor} made new recovery codes"),
    "recovery.used": ("{actor} used a recovery code of {subject}", "{actor} used a recovery code"),
    "identity.linked": ("{actor} linked another sign-in to {subject}", "{actor} linked another sign-in"),
    "identity.unlinked": ("{actor} unlinked a sign-in of {subject}", "{actor} unlinked a sign-in"),
    "token.made": ("{actor} made a token for {subject}", "{actor} made a token for a program"),
    "token.deleted": ("{actor} deleted a token of {subject}", "{actor} deleted a token"),
    "invitation.made": ("{actor} made an invitation", "{actor} made an invitation"),
    "invitation.revoked": ("{actor} revoked an invitation", "{actor} revoked an invitation"),
    "invitation.used": ("{actor} came in by an invitation", "{actor} came in by an invitation"),
    "report.made": ("{actor} reported something about {subject}", "{actor} reported something of their own"),
    "report.closed": ("{actor} closed a report about {subject}", "{actor} closed a report about themselves"),
    "rule.changed": ("{actor} changed a rule of this installation", "{actor} changed a rule of this installation"),
    "retention.changed": ("{actor} changed how long messages stay", "{actor} changed how long messages stay"),
    "retention.applied": ("{actor} removed messages that were too old", "{actor} removed messages that were too old"),
    "message.removed": ("{actor} removed a message of {subject}", "{actor} removed a message of their own"),
    "export.begun": ("{actor} began an export for {subject}", "{actor} began an export of their data"),
}
_RULES = {"second_factor": "second factor", "retention_days": "messages go after days"}


def sentence(record: Record) -> str:
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
