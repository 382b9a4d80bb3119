"""Installs peers into a scratch folder: nothing of the system changes, no service is left behind."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from bench import keeping

_EJABBERD = ("ejabberd", "erlang-p1-mysql")
PINS = Path(__file__).resolve().parents[2] / "requirements" / "peers.txt"
"""What the first version is pinned to."""


def ejabberd() -> Path:
    """The root under which Debian's ejabberd lies unpacked, with its Erlang and whatever else this machine lacks."""
    return keeping.made("ejabberd", _unpacked)


def python() -> Path:
    """The interpreter of an environment of its own with what the first version needs, as it is pinned."""
    pinned = hashlib.sha256(PINS.read_bytes()).hexdigest()[:12]
    return keeping.made(f"python-{pinned}", _environment) / "bin" / "python"


def _unpacked(making: Path) -> Path:
    lacking = {*_listed(), *(name for name in _listed("-o", "Dir::State::status=/dev/null") if _of_the_peer(name))}
    if not lacking:
        raise LookupError("apt knows of no ejabberd here; `apt-get update`, on Debian or what comes of it, may help.")
    subprocess.run(["apt-get", "download", *sorted(lacking)], cwd=making, check=True, stdout=subprocess.DEVNULL)
    root = making / "root"
    for package in making.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, root], check=True)
    return root


def _of_the_peer(name: str) -> bool:
    # Also where they are installed already: only what is unpacked is found under the root.
    return name == "ejabberd" or name.startswith("erlang-")


def _listed(*options: str) -> list[str]:
    """What apt would install."""
    asked = ["apt-get", "install", "--simulate", "--no-install-recommends", *options, *_EJABBERD]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return [line.split()[1] for line in told.splitlines() if line.startswith("Inst ")]


def _environment(making: Path) -> Path:
    there = making / "python"
    subprocess.run([sys.executable, "-m", "venv", there], check=True)
    pip = [str(there / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--require-hashes", "-r", PINS], check=True)
    return there
