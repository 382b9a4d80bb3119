"""Mailboxes: what can be the address of one, to every mail server alike."""

from __future__ import annotations

import re
import unicodedata

import idna

# One @, and nothing that makes two addresses or a comment of one: whether mail arrives is for the mail to tell.
_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]\\\"]{1,64}@[^@\s,;:<>()\[\]\\\"]+")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII)


def fits(address: str) -> bool:
    """Whether this can be an address: one, whose domain has a name that can be asked for."""
    if len(address) > 254 or any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in address):
        return False
    # Mail servers may read it in either form.
    if not all(_ADDRESS.fullmatch(form) for form in (address, unicodedata.normalize("NFKC", address))):
        return False
    try:
        host = idna.encode(address.rpartition("@")[2], uts46=True, std3_rules=True).decode()
    except UnicodeError:
        return False
    return _HOST.fullmatch(host) is not None
