"""The process that decodes pictures: it takes jobs on stdin, answers on stdout, and is expected to die now and then.

Run as `python -m chatsphere.outside.decoder <bytes of memory> <seconds per job>`. Everything that is dangerous about
strangers' pictures happens in here, with little memory, little time, no files and none of the server's secrets.
"""

from __future__ import annotations

import base64
import os
import resource
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from PIL import Image

from chatsphere.outside import pictures
from chatsphere.outside.parcels import Garbled, Head, receive, send

UNDECODABLE = "This is not a picture that can be read: JPEG, PNG, WebP, GIF, AVIF and HEIC can, if they are whole."
TOO_LARGE = "This picture takes more memory to read than there is for one."


def main() -> None:
    """Take jobs until the owner closes the pipe."""
    jobs, answers = _pipes()
    memory, seconds = int(sys.argv[1]), int(sys.argv[2])
    pictures.rehearse()
    _confine(memory)
    while True:
        try:
            head, blobs = receive(jobs)
        except Garbled:
            return
        _allow(seconds)
        answer, made = _done(head, blobs[0])
        send(answers, answer, *made)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    # A library that prints must not be taken for an answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _confine(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    # No file, socket or pipe beyond those it has: a decoder that was taken over can open nothing.
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _done(head: Head, data: bytes) -> tuple[Head, list[bytes]]:
    try:
        return _job(head, data)
    except pictures.Oversized as error:
        return {"refused": "pixels", "detail": str(error)}, []
    except MemoryError:
        return {"refused": "pixels", "detail": TOO_LARGE}, []
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return {"refused": "pixels", "detail": TOO_LARGE}, []
    except Exception:  # noqa: BLE001 — this is the door: whatever a decoder trips over, the picture was no good
        return {"refused": "picture", "detail": UNDECODABLE}, []


def _job(head: Head, data: bytes) -> tuple[Head, list[bytes]]:
    if head["job"] == "rendition":
        return {}, [pictures.rendition(data, str(head["name"]))]
    if head["job"] == "portrait":
        return {}, [pictures.portrait(data, int(head["max_pixels"]))]
    result = pictures.prepare(data, int(head["max_pixels"]))
    facts: dict[str, Any] = asdict(result)
    facts.pop("original")
    facts["made"] = list(facts.pop("made"))
    facts["thumbhash"] = base64.b64encode(result.thumbhash).decode()
    return facts, [result.original, *result.made.values()]


if __name__ == "__main__":
    main()
