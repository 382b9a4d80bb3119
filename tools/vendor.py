"""Copy the browser's third-party files into static/: `vendor.py` fetches, `vendor.py --check` only compares."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("vendor.json")
STATIC = LIST.parents[1] / "src" / "chatsphere" / "static"


def main(arguments: list[str]) -> int:
    """Refresh the vendored files, or with --check say which of them differ from what vendor.json promises."""
    wanted = json.loads(LIST.read_text())
    if "--check" in arguments:
        return _check(wanted["sha256"])
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{package['name']}@{package['version']}" for package in wanted["packages"]]
        npm = [str(LIST.parents[1] / "bin" / "with-node"), "npm"]
        subprocess.run([*npm, "install", "--ignore-scripts", "--no-save", "--prefix", folder, *names], check=True)
        written = [path for package in wanted["packages"] for path in _copy(package, Path(folder) / "node_modules")]
    wanted["sha256"] = {path: _hash(STATIC / path) for path in sorted(written)}
    LIST.write_text(json.dumps(wanted, indent=2) + "\n")
    return 0


def _copy(package: dict[str, Any], modules: Path) -> list[str]:
    home = modules / package["name"]
    for source, target in package["files"].items():
        destination = STATIC / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        # A source map would be looked for beside the file and not be found.
        destination.write_bytes(re.sub(rb"\n//# sourceMappingURL=.*\s*$", b"\n", (home / source).read_bytes()))
    written = list(package["files"].values())
    if "sprite" in package:
        (STATIC / package["sprite"]).write_text(_sprite(home / "icons", package["icons"]))
        written.append(package["sprite"])
    if "emoji" in package:
        (STATIC / package["emoji"]["to"]).write_text(_emoji(json.loads((home / package["emoji"]["of"]).read_text())))
        written.append(package["emoji"]["to"])
    return written


def _sprite(folder: Path, icons: list[str]) -> str:
    symbols = [_symbol(name, (folder / f"{name}.svg").read_text()) for name in sorted(icons)]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def _symbol(name: str, svg: str) -> str:
    inside = re.sub(r"\s*\n\s*", "", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")])
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>'


# What is younger is an empty box on too many devices.
_EMOJI_VERSION = 15
# Skin tones and hair on their own, which nobody says.
_COMPONENTS = 2


def _emoji(listed: list[dict[str, Any]]) -> str:
    """A module with a line for each emoji: group, itself, name, codes, other words, whether it has tones."""
    lines = [_line(one) for one in listed if one["version"] <= _EMOJI_VERSION and one["group"] != _COMPONENTS]
    return "export default `" + "\n".join(lines) + "`;\n"


def _line(one: dict[str, Any]) -> str:
    known = {*one["annotation"].split(), *one["shortcodes"]}
    words = [word for word in one.get("tags", []) if word not in known and "`" not in word and "\\" not in word]
    toned = "1" if any(skin["tone"] == 1 for skin in one.get("skins", [])) else ""
    parts = (str(one["group"]), one["emoji"], one["annotation"], " ".join(one["shortcodes"]), " ".join(words), toned)
    return "\t".join(parts)


def _check(promised: dict[str, str]) -> int:
    changed = [path for path, digest in promised.items() if _hash(STATIC / path) != digest]
    for path in changed:
        print(f"{path} is not what vendor.json promises", file=sys.stderr)
    return 1 if changed or not promised else 0


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
