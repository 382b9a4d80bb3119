"""Notices: what somebody is told, and what is void, once what lets them into their account has changed."""

from __future__ import annotations

from chatsphere.core import audit, challenges, jobs, links, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.values import User


def moved(tx: Tx, before: User, session_id: str | None) -> None:
    """They have another address: the old one hears of it, the new one is asked whose it is; no older link holds."""
    for purpose in (links.CONFIRM, links.RESET):
        links.drop(tx, before.id, purpose)
    audit.record(tx, before.id, "email.changed", before.id)
    if before.email_verified:
        device = sessions.device_of(tx, session_id)
        jobs.write(tx, before.id, "account-changed", what="email", to=before.email, device=device)
    jobs.write(tx, before.id, "confirm-email")


def rekeyed(tx: Tx, actor_id: str | None, before: User, session_id: str | None) -> None:
    """They have another password, by whom it was: they hear of it, and nothing that the old one has begun holds."""
    links.drop(tx, before.id, links.RESET)
    challenges.drop(tx, before.id)
    audit.record(tx, actor_id, "password.changed", before.id)
    jobs.write(tx, before.id, "account-changed", what="password", device=sessions.device_of(tx, session_id))
