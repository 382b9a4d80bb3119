"""The sources of the front end as one number, by which a release says what it was built of."""

from __future__ import annotations

import hashlib
from pathlib import Path


def sources(static: Path) -> str:
    """The number of the scripts and style sheets below this folder; tools/build.mjs counts alike."""
    digest = hashlib.sha256()
    found = [path for folder in ("css", "js", "vendor") for path in (static / folder).rglob("*")]
    for name in sorted(path.relative_to(static).as_posix() for path in found if path.suffix in (".css", ".js")):
        digest.update(f"{name}\0".encode() + (static / name).read_bytes() + b"\0")
    return digest.hexdigest()
