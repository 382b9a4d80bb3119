"""The secret key: made once, kept beside the data, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def kept(path: Path) -> str:
    """The key in this file, made now if there is none; of processes that start together, all get the same."""
    try:
        return _read(path)
    except FileNotFoundError:
        _make(path)
        return _read(path)


def _read(path: Path) -> str:
    key = path.read_text(encoding="ascii").strip()
    if len(key) < 32:
        # An empty key would sign everything the same way everywhere.
        raise OSError(0, f"{path.name} holds no usable key", str(path))
    return key


def _make(path: Path) -> None:
    """Written in full under another name first: nobody ever reads half a key, and the first to link it wins."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was first; its key is the one
    finally:
        draft.unlink()
