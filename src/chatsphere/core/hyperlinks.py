"""The link of a message that is worth a preview: the first that somebody wrote as an address and did not hide."""

from __future__ import annotations

import html
import re

_LINK = re.compile(r'<a href="(https?://([^"]+))"[^>]*>([^<]*)', re.I)
_HIDDEN = re.compile(r'<span class="spoiler">.*?</span>', re.S)
LONGEST = 2048


def first(shown: str) -> str | None:
    """The address of that link in a message's HTML; None where there is none, or none of a usual length."""
    if "<a " not in shown:
        return None
    for found in _LINK.finditer(_HIDDEN.sub("", shown)):
        # "main.py" is made a link too, and nobody meant a page in Paraguay by it.
        if found[3] != found[2] or found[3].lower().startswith("www."):
            url = html.unescape(found[1])
            return url if len(url) <= LONGEST else None
    return None
