"""An export: everything of somebody's as one zip, to be read by people (HTML), by programs (JSON), and as pictures.

Made page by page into a file in the data folder, so that memory does not grow with what there is. All that it shows
comes through its owner's seats: what they left, or had deleted, while it was made is simply not in it.
"""

from __future__ import annotations

import errno
import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chatsphere.core import exports, files, jobs, people
from chatsphere.core.errors import NotFound
from chatsphere.core.files import Stored
from chatsphere.exports.bundle import Bundle
from chatsphere.exports.pace import Pace, held
from chatsphere.exports.tour import Tour

if TYPE_CHECKING:
    from chatsphere.core.jobs import Job
    from chatsphere.house import House

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def make(house: House, job: Job) -> dict[str, Any]:
    """Do the job; begun again after a crash it begins anew."""
    if job.user_id is None:
        raise NotFound
    try:
        with Bundle(house.arriving) as bundle:
            Tour(house, job.user_id, bundle, Pace(house, job)).write()
            with held(house, job):
                _keep(house, job, job.user_id, bundle.closed())
    except Exception as error:
        if _no_room(error):
            house.chat.do(jobs.note, job, trouble="room")
        raise
    return {}


def _keep(house: House, job: Job, me: str, path: Path) -> None:
    """Store it as files are stored: a row first, then the bytes, then the row says that it is there."""
    name = house.chat.ask(people.find, me, me).user_name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    title = f"chatsphere-{name}-{house.chat.clock():%Y-%m-%d}.zip"
    stored = Stored(title, "file", "application/zip", path.stat().st_size, digest, digest)
    file_id = house.chat.do(files.stage, me, None, stored)
    try:
        house.storage.put(files.key(file_id), path)
        house.chat.do(exports.keep, me, job, file_id)
    except BaseException:
        with suppress(Exception):
            # Whoever deleted the account meanwhile has looked for bytes already, perhaps before these came.
            house.storage.delete([files.key(file_id)])
            house.chat.do(files.drop, me, [file_id])
        raise


def _no_room(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__ or error.__context__
    return False
