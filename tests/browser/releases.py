"""Releases as people install them: the wheel, built from a copy of the sources, unpacked and served."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKED = ("pyproject.toml", "README.md", "LICENSE", "package.json")


def sources(folder: Path) -> Path:
    """A copy of what a release is built from, without a bundled front end."""
    kept = shutil.ignore_patterns("__pycache__", "dist")
    for name in ("src", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=kept)
    for name in PACKED:
        shutil.copy(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def bundle(folder: Path) -> None:
    """What `make build` does first."""
    subprocess.run([ROOT / "bin" / "with-node", "node", "tools/build.mjs"], cwd=folder, check=True)


def pack(folder: Path, *how: str) -> subprocess.CompletedProcess[str]:
    """What `make build` does then."""
    command = [sys.executable, "-m", "hatchling", "build", *how]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, env=_without_sources())


def unpacked(folder: Path) -> Path:
    """The one wheel that was built here, as an installation would have it."""
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


def _without_sources() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
