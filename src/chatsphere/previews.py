"""Previews: goes where a link leads, keeps what its page says of itself, and a picture that was encoded anew."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from chatsphere.core import files, previews
from chatsphere.core.errors import NotFound
from chatsphere.core.files import Stored
from chatsphere.core.previews import Card, Wanted
from chatsphere.outside import cards
from chatsphere.outside.fetch import Fetched, Unfit
from chatsphere.outside.images import NotAPicture, Prepared

if TYPE_CHECKING:
    from chatsphere.core.jobs import Job
    from chatsphere.house import House

PAGES = ("text/html", "application/xhtml+xml")
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")
_LONGEST_SITE = 255


def look(house: House, job: Job) -> None:
    """Look where the link of a message leads, and show it beside the message. What is no page is passed over."""
    conversation_id, message_id = str(job.body["conversation_id"]), int(job.body["message_id"])
    wanted = house.chat.ask(previews.wanted, conversation_id, message_id)
    found = _found(house, wanted) if house.settings.link_previews else None
    if found is None:
        house.chat.do(previews.give_up, conversation_id, message_id)
        return
    card, picture = found
    file_id = None if picture is None else _keep(house, wanted.sender_id, conversation_id, picture)
    try:
        house.chat.do(previews.show, wanted.sender_id, conversation_id, message_id, wanted.url, card, file_id)
    except NotFound:
        if file_id is not None:
            house.chat.do(files.drop, wanted.sender_id, [file_id])
        raise


def _found(house: House, wanted: Wanted) -> tuple[Card, Prepared | None] | None:
    try:
        fetched = house.fetch.get(wanted.url, PAGES + PICTURES)
    except Unfit:
        return None
    site = (urlsplit(fetched.url).hostname or "").removeprefix("www.")[:_LONGEST_SITE]
    if fetched.content_type in PICTURES:
        picture = _prepared(house, fetched)
        name = cards.line(unquote(urlsplit(fetched.url).path.rsplit("/", 1)[-1]), cards.LONGEST_TITLE)
        return None if picture is None else (Card(site, name or site, ""), picture)
    said = cards.read(fetched.body, fetched.charset)
    if not said.title:
        return None
    return Card(site, said.title, said.description), _pictured(house, fetched.url, said.image)


def _pictured(house: House, page: str, image: str) -> Prepared | None:
    if not image:
        return None
    with suppress(Unfit, ValueError):
        return _prepared(house, house.fetch.get(urljoin(page, image), PICTURES))
    return None


def _prepared(house: House, fetched: Fetched) -> Prepared | None:
    if not fetched.whole:
        return None
    with tempfile.TemporaryDirectory(dir=house.arriving) as folder, suppress(NotAPicture):
        path = Path(folder) / "picture"
        path.write_bytes(fetched.body)
        return house.images.prepare(path, max_pixels=house.settings.max_pixels)
    return None


def _keep(house: House, sender_id: str, conversation_id: str, picture: Prepared) -> str:
    """Store the picture as every other is: first a row, then its bytes."""
    digest = hashlib.sha256(picture.original).digest()
    stored = Stored(
        name="preview",
        kind="image",
        content_type=picture.content_type,
        size=len(picture.original),
        sha256=digest,
        source_sha256=digest,
        width=picture.width,
        height=picture.height,
        thumbhash=picture.thumbhash,
        hue=picture.hue,
        renditions=picture.plan,
    )
    file_id = house.chat.do(files.stage, sender_id, conversation_id, stored)
    house.storage.put(files.key(file_id), picture.original)
    for name, data in picture.made.items():
        house.storage.put(files.key(file_id, name), data)
        house.chat.do(files.made, file_id, name, hashlib.sha256(data).digest(), len(data))
    return file_id
