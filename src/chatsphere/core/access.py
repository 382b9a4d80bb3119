"""Access: showing that one reads the mail to an address, and by that coming back in when the password is forgotten."""

from __future__ import annotations

from chatsphere.core import audit, challenges, devices, identities, jobs, links, logins, people, sessions
from chatsphere.core.chat import Tx
from chatsphere.core.errors import Conflict, Forbidden


def ask_to_confirm(tx: Tx, me: str) -> None:
    """Have the letter that asks whose my address is sent once more."""
    user = people.find(tx, me, me)
    if user.email_verified or not user.email:
        raise Conflict("Nothing is left to confirm.")
    jobs.write(tx, me, "confirm-email")


def confirm(tx: Tx, me: str, token: str) -> None:
    """I hold this link, so I read the mail to its address, which is my account's; Forbidden where it is another's."""
    # Not by the link alone: a stranger's click would make their address the key to somebody else's account.
    if links.find(tx, token, links.CONFIRM).user_id != me:
        raise Forbidden("This link is for another account. Sign in to that one first.")
    links.take(tx, token, links.CONFIRM)
    people.vouch(tx, me)
    audit.record(tx, me, "email.confirmed", me)


def forgot(tx: Tx, login: str) -> None:
    """Have a link to a new password sent to whose login this is; nobody can tell whether that is anybody's."""
    jobs.write(tx, logins.able(tx, login), "reset")


def reset_password(tx: Tx, token: str, password_hash: str) -> str:
    """A new password by a link that works once: all the user's sessions end, and tokens. Returns the user's id."""
    link = links.take(tx, token, links.RESET)
    if link.address and people.vouched_email(tx, link.user_id) is None:
        _begin_anew(tx, link.user_id)
    people.change(tx, link.user_id, link.user_id, password_hash=password_hash, end_tokens=True)
    return link.user_id


def _begin_anew(tx: Tx, user_id: str) -> None:
    """No address was ever shown to be theirs: whoever made the account may be another, and what they set up goes.

    But for second factors, which no letter takes off: where there are any, they are still asked for.
    """
    identities.forget(tx, user_id)
    sessions.end_all(tx, user_id)
    challenges.drop(tx, user_id)
    devices.forget(tx, user_id)
    if not people.find(tx, user_id, user_id).second_factor:
        people.vouch(tx, user_id)
        audit.record(tx, user_id, "email.confirmed", user_id)
