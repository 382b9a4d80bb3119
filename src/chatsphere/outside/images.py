"""Pictures, as the rest of the house asks for them: made ready, resized, scrubbed, by a process that may die of it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue
from typing import BinaryIO, Protocol, cast

import chatsphere
from chatsphere.core.errors import Invalid, Unavailable
from chatsphere.core.values import Rendition
from chatsphere.outside.parcels import Garbled, Head, receive, send
from chatsphere.outside.signatures import looks_like_picture

__all__ = ["Busy", "Images", "NotAPicture", "Prepared", "TooManyPixels", "looks_like_picture", "open_images"]

BASE_MEMORY = 384 << 20
MEMORY_PER_PIXEL = 26
"""Measured at 50 MP with a profile and an orientation: WebP takes 20 bytes a pixel at its height, JPEG 12."""
JOBS_PER_LIFE = 300
"""A decoder is replaced after so many, since the libraries inside may leak."""
LATE = "This picture takes too long to read."
FATAL = "This picture cannot be read."


class NotAPicture(Invalid):
    """It claims to be a picture and cannot be decoded wholly."""


class TooManyPixels(NotAPicture):
    """It has more pixels, or frames, than are decoded."""


class Busy(Unavailable):
    """All decoders are at work, and have been for a while."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture made ready to keep: nothing in it is as it came. Sizes in pixels, `thumbhash` in base64, `hue` 0-359.

    `plan` names every rendition there is; `made` holds the bytes of those that exist already.
    """

    original: bytes
    content_type: str
    width: int
    height: int
    thumbhash: str
    hue: int | None
    plan: tuple[Rendition, ...]
    made: dict[str, bytes]


class Sized(Protocol):
    """The one setting that decoders care for."""

    @property
    def max_pixels(self) -> int:
        """Pixels that a picture may have."""


def open_images(settings: Sized) -> Images:
    """Return the decoders, measured for the pictures that the settings allow."""
    return Images(max_pixels=settings.max_pixels)


class Images:
    """A few decoder processes, started when first needed; a caller waits `patience` seconds for one. Thread-safe."""

    def __init__(
        self,
        *,
        max_pixels: int = 50_000_000,
        workers: int = 2,
        seconds: float = 30.0,
        patience: float = 20.0,
        memory: int | None = None,
    ) -> None:
        self.patience = patience
        memory = memory or BASE_MEMORY + MEMORY_PER_PIXEL * max_pixels
        self._decoders = [Decoder(memory, seconds) for _ in range(workers)]
        # Last in, first out: a quiet house keeps one process, not all of them.
        self._idle: LifoQueue[Decoder] = LifoQueue()
        for decoder in self._decoders:
            self._idle.put(decoder)

    def prepare(self, path: Path, *, max_pixels: int) -> Prepared:
        """Return an uploaded picture made ready to keep; raises NotAPicture, TooManyPixels or Busy."""
        head, blobs = self._ask({"job": "prepare", "max_pixels": max_pixels}, path)
        return Prepared(
            original=blobs[0],
            content_type=head["content_type"],
            width=head["width"],
            height=head["height"],
            thumbhash=head["thumbhash"],
            hue=head["hue"],
            plan=tuple(Rendition(*each) for each in head["plan"]),
            made=dict(zip(head["made"], blobs[1:], strict=True)),
        )

    def rendition(self, original: bytes, name: str) -> bytes:
        """Return one rendition of a picture that `prepare` made, by its name in the plan."""
        return self._ask({"job": "rendition", "name": name}, original)[1][0]

    def portrait(self, path: Path, *, max_pixels: int) -> bytes:
        """Return the middle of a picture as a square JPEG of at most 512 pixels; raises as `prepare` does."""
        return self._ask({"job": "portrait", "max_pixels": max_pixels}, path)[1][0]

    def close(self) -> None:
        """End all decoders; a job in hand is refused."""
        for decoder in self._decoders:
            decoder.close()

    def _ask(self, job: Head, source: Path | bytes) -> tuple[Head, list[bytes]]:
        try:
            decoder = self._idle.get(timeout=self.patience)
        except Empty:
            raise Busy("Too many pictures are being read at the moment; try again in a little while.") from None
        try:
            # Read only now, so that what waits in line is a path and not its megabytes.
            data = source.read_bytes() if isinstance(source, Path) else source
            head, blobs = decoder.ask(job, data)
        finally:
            self._idle.put(decoder)
        if "refused" in head:
            raise (TooManyPixels if head["refused"] == "pixels" else NotAPicture)(head["detail"])
        return head, blobs


class Decoder:
    """One decoder process, replaced when it hangs, dies or has grown old. For one thread at a time."""

    def __init__(self, memory: int, seconds: float) -> None:
        self.memory = memory
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._closed = False
        self._starting = threading.Lock()

    def ask(self, job: Head, data: bytes) -> tuple[Head, list[bytes]]:
        """Have a job done; a process that dies of it gets a second try, one that hangs does not."""
        for _ in range(2):
            began = time.monotonic()
            with contextlib.suppress(Garbled, OSError):
                return self._tried(job, data)
            self._end()
            if time.monotonic() - began >= self.seconds:
                return {"refused": "picture", "detail": LATE}, []
        return {"refused": "picture", "detail": FATAL}, []

    def close(self) -> None:
        """End the process, and start no other."""
        self._closed = True
        self._end()

    def _tried(self, job: Head, data: bytes) -> tuple[Head, list[bytes]]:
        process = self._running()
        timer = threading.Timer(self.seconds, process.kill)
        timer.start()
        try:
            send(cast(BinaryIO, process.stdin), job, data)
            return receive(cast(BinaryIO, process.stdout))
        finally:
            timer.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._jobs >= JOBS_PER_LIFE:
            self._end()
        with self._starting:
            if self._closed:
                raise Busy("The house is closing.")
            if self.process is None or self.process.poll() is not None:
                self.process, self._jobs = _started(self.memory, self.seconds), 0
            self._jobs += 1
            return self.process

    def _end(self) -> None:
        with self._starting:
            process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was half written to a dead process cannot be flushed any more, and need not be.
            with contextlib.suppress(OSError):
                cast(BinaryIO, pipe).close()


def _started(memory: int, seconds: float) -> subprocess.Popen[bytes]:
    source = Path(chatsphere.__file__).parent.parent
    command = [sys.executable, "-P", "-m", "chatsphere.outside.decoder", str(memory), str(max(1, round(seconds)))]
    # An environment of its own: no passwords of the database to be read by whoever takes a decoder over.
    # One arena, since each reserves 64 MiB of the address space that is limited.
    environment = {"PYTHONPATH": str(source), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(  # noqa: S603 — the command is ours
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, cwd=os.sep
    )
