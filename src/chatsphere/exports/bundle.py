"""The zip itself, written as it comes into a folder of its own, which goes with everything in it when that is over."""

from __future__ import annotations

import os
import secrets
import shutil
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Self, TextIO

CHUNK = 256 * 1024


class Bundle:
    """A zip that is being written. Drafts lie beside it until they are whole."""

    def __init__(self, arriving: Path) -> None:
        self._folder = arriving / f"export-{secrets.token_hex(8)}"
        self._path = self._folder / "export.zip"
        self._drafts: list[TextIO] = []

    def __enter__(self) -> Self:
        self._folder.mkdir(mode=0o700)
        self._zip = zipfile.ZipFile(self._path, "x", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, *_error: object) -> None:
        # On a full disk even the end cannot be written.
        for close in (*(draft.close for draft in self._drafts), self._zip.close):
            with suppress(OSError, ValueError):
                close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Put bytes into it, as they come; what is compressed already is better not `packed`."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)

    def draft(self, name: str) -> TextIO:
        """A text that is written beside it, and goes into it with `take`."""
        # The sweep takes folders that nobody has touched for an hour for what a crash left.
        os.utime(self._folder)
        draft = (self._folder / name.replace("/", "~")).open("w", encoding="utf-8", newline="\n")
        self._drafts.append(draft)
        return draft

    def take(self, draft: TextIO, name: str) -> None:
        """Close a draft and put it in under this name."""
        draft.close()
        self._drafts.remove(draft)
        path = Path(draft.name)
        with path.open("rb") as file:
            self.add(name, iter(lambda: file.read(CHUNK), b""))
        path.unlink()

    def closed(self) -> Path:
        """Write its end; where it lies."""
        self._zip.close()
        return self._path
