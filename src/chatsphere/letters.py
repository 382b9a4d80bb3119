"""Letters: what ChatSphere writes to people by mail. A job says which, to whom; the words are in templates/letters."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from chatsphere.core import conversations, exports, jobs, links, people
from chatsphere.core.errors import NotFound
from chatsphere.core.jobs import Hopeless
from chatsphere.core.phrases import phrase
from chatsphere.languages import SOURCE
from chatsphere.outside.mail import Letter, MailRefused
from chatsphere.spoken import teach

if TYPE_CHECKING:
    from chatsphere.core.jobs import Job
    from chatsphere.core.reports import Of, Reason
    from chatsphere.core.values import AccountChange, User
    from chatsphere.house import House

Details = Callable[["House", "User", "Job", str], dict[str, Any]]
"""What a letter to this address needs beside the user; a secret it lets somebody in with is made here, not before."""


def deliver(house: House, job: Job) -> None:
    """Write a letter out and hand it over. Who is not there, or has no address, gets none."""
    if job.user_id is None:
        return
    user = house.chat.ask(people.find, job.user_id, job.user_id)
    letter, vouched = str(job.body["letter"]), house.chat.ask(people.vouched_email, user.id)
    to = _to(letter, job.body.get("to"), user, vouched)
    if user.is_deleted or not to:
        raise NotFound
    details = DETAILS.get(letter, _none)(house, user, job, to)
    # To an address that may be a stranger's nobody has words of their own carried.
    called = user.display_name if to == vouched else user.user_name
    known = job.body | details | {"user": user, "called": called, "site": house.settings.address}
    written = compose(letter, to, known, user.language or SOURCE)
    # The lease begins anew, and handing it over takes less than that: nobody else begins meanwhile.
    house.chat.do(jobs.advance, job, 0)
    try:
        house.mail.send(written)
    except MailRefused as refused:
        raise Hopeless(str(refused)) from None


def _to(letter: str, told: str | None, user: User, vouched: str | None) -> str | None:
    """Where it goes: to an address that was shown to be theirs, but for the two by which that is shown."""
    if letter == "confirm-email":
        return user.email
    return told or vouched or (user.email if letter == "reset" else None)


def compose(letter: str, to: str, known: dict[str, Any], language: str = SOURCE) -> Letter:
    """A letter from its two templates, in a language; the first line of the text is the subject."""
    text = _templates(language).get_template(f"{letter}.txt").render(known)
    subject, _, words = text.lstrip().partition("\n")
    html = _templates(language).get_template(f"{letter}.html").render(known | {"subject": subject.strip()})
    return Letter(to, subject.strip(), _wrapped(words) + "\n", html)


def _wrapped(words: str) -> str:
    """Lines as they are read in a letter; an address stays whole, whatever its length."""
    lines = (textwrap.fill(line, 78, break_long_words=False, break_on_hyphens=False) for line in words.splitlines())
    return "\n".join(lines).strip()


def _none(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    return {}


def _leaving(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    if user.leaving_at is None:
        # They have thought again before this was written.
        raise NotFound
    return {"legacies": house.chat.ask(conversations.legacies, user.id)}


def _export(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    if house.chat.ask(exports.ready, user.id) is None:
        raise NotFound
    return {"kept": exports.KEPT.days}


def _change(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    return {"said": CHANGES[job.body["what"]], "device": job.body.get("device", ""), "at": job.created_at}


def _warning(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    return {"what": REPORTED[job.body["of"]], "why": REASONS[job.body["reason"]]}


def _confirm(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    if user.email_verified:
        # Another letter has been enough.
        raise NotFound
    return {"link": _link(house, user, links.CONFIRM, links.CONFIRM_FOR, "confirm-email", to)}


def _reset(house: House, user: User, job: Job, to: str) -> dict[str, Any]:
    return {"link": _link(house, user, links.RESET, links.RESET_FOR, "reset", to)}


def _link(house: House, user: User, purpose: str, lifetime: timedelta, page: str, to: str) -> str:
    token = house.chat.do(links.make, user.id, purpose, lifetime, to)
    return f"{house.settings.address}/{page}/{token}"


CHANGES: dict[AccountChange, str] = {
    "password": phrase("The password was changed."),
    "email": phrase("The e-mail address was changed. Once the new one is confirmed, letters go there and not here."),
    "passkey-added": phrase("A passkey was added. It signs in without the password."),
    "passkey-removed": phrase("A passkey was removed."),
    "authenticator-added": phrase("A second factor was added: signing in now takes a code from an app as well."),
    "authenticator-removed": phrase("The second factor, codes from an app, was removed."),
    "recovery-codes": phrase("New recovery codes were made. Those from before do not work any more."),
    "recovery-code-used": phrase("A recovery code was used to sign in. It does not work again."),
    "identity-linked": phrase("Signing in by an account at another provider was set up."),
    "identity-unlinked": phrase("Signing in by an account at another provider was removed."),
    "reset-link": phrase("An administrator has made a link to a new password, which works once, within an hour."),
    "token-made": phrase("A token was made: a program that has it acts in your name until you delete it."),
}
"""What each change is called in the letter about it."""

REPORTED: dict[Of, str] = {
    "message": phrase("a message of yours"),
    "picture": phrase("a picture of yours"),
    "person": phrase("how you write to others"),
}
"""What was reported, in the letter to somebody who is warned."""

REASONS: dict[Reason, str] = {
    "spam": phrase("spam"),
    "harassment": phrase("harassment"),
    "violence": phrase("violence"),
    "sexual": phrase("sexual content"),
    "other": phrase("something else"),
}
"""Why, in the same letter."""

DETAILS: dict[str, Details] = {
    "account-changed": _change,
    "confirm-email": _confirm,
    "export-ready": _export,
    "leaving": _leaving,
    "warning": _warning,
    "reset": _reset,
}
"""By letter, where its template needs more than the job's body."""


@lru_cache(maxsize=8)
def _templates(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("chatsphere", "templates/letters"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    teach(environment, lambda: language)
    environment.filters["strong"] = Markup("<b>{}</b>").format
    return environment
