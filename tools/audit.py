"""Asks the services that know of holes in what we depend on: `make audit`.

Exits with 0 where nothing is known, 1 where something is, and 2 where not everything could be asked about. What was not
asked about is never called sound: pip-audit itself ends well when the index it is given knows of no package at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / ".audit"
NOTHING, FOUND, UNASKED = 0, 1, 2


def main() -> int:
    """Ask about everything, say what was answered, and return the worst of it."""
    _install()
    verdicts = [_say(name, of_python(_pip_audit(name))) for name in ("build", "run", "test", "uv")]
    verdicts.append(_say("package-lock.json", of_npm(_npm_audit())))
    return FOUND if FOUND in verdicts else max(verdicts)


def of_python(report: dict[str, Any]) -> tuple[int, list[str]]:
    """What pip-audit's report comes to, and a line for each finding."""
    parts = report.get("dependencies", [])
    holes = [f"{one['name']} {one['version']}: {hole['id']}" for one in parts for hole in one.get("vulns", ())]
    unasked = [f"{one['name']}: not asked about" for one in parts if "skip_reason" in one]
    if holes:
        return FOUND, holes + unasked
    return (NOTHING, []) if parts and not unasked else (UNASKED, unasked or ["the service was not reached"])


def of_npm(report: dict[str, Any]) -> tuple[int, list[str]]:
    """What npm's report comes to, and a line for each finding."""
    if "auditReportVersion" not in report:
        return UNASKED, ["the service was not reached"]
    holes = [f"{name}: {one['severity']}" for name, one in report.get("vulnerabilities", {}).items()]
    return (FOUND, holes) if holes else (NOTHING, [])


def _say(what: str, verdict: tuple[int, list[str]]) -> int:
    said = {NOTHING: "nothing is known", FOUND: "something is known", UNASKED: "could not be asked about"}
    print(f"· {what}: {said[verdict[0]]}")
    for line in verdict[1][:20]:
        print(f"    {line}")
    return verdict[0]


def _install() -> None:
    """Into a folder of its own: what it needs is not what ChatSphere is tested with."""
    done, wanted = TOOL / "done", ROOT / "requirements" / "audit.txt"
    if done.exists() and done.stat().st_mtime > wanted.stat().st_mtime:
        return
    subprocess.run([sys.executable, "-m", "venv", "--clear", TOOL], check=True)
    pip = [TOOL / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "--requirement", wanted], check=True)
    done.touch()


def _pip_audit(name: str) -> dict[str, Any]:
    how = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--timeout", "15", "--format", "json"]
    return _report([TOOL / "bin" / "pip-audit", "--requirement", f"requirements/{name}.txt", *how])


def _npm_audit() -> dict[str, Any]:
    return _report(["bin/with-node", "npm", "audit", "--json"])


def _report(command: list[str | Path]) -> dict[str, Any]:
    """What it wrote: whoever was not reached has written no report, whatever else was said."""
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    try:
        report = json.loads(said)
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
