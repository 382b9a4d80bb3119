"""Puts the bundled front end into the wheel and the sdist, or says loudly that there is none."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReleaseHook(BuildHookInterface[Any]):
    """Stops a build whose front end was not bundled, or not of these sources. An editable install needs none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Asked by hatchling before it packs anything."""
        if version == "editable":
            return
        static = Path(self.root) / "src" / "chatsphere" / "static"
        manifest = static / "dist" / "manifest.json"
        if not manifest.is_file():
            raise SystemExit(f"{manifest} is missing: bundle the front end first, with `make build`.")
        if json.loads(manifest.read_text(encoding="utf-8"))["sources"] != _sources(static):
            raise SystemExit(f"{manifest} is of other sources than these: bundle them anew, with `make build`.")
        build_data["artifacts"].append("src/chatsphere/static/dist/**")


def _sources(static: Path) -> str:
    """As the server counts them; read from its own file, for a build needs nothing that it imports."""
    spec = importlib.util.spec_from_file_location("sources", static.parent / "http" / "sources.py")
    if spec is None or spec.loader is None:
        raise SystemExit("src/chatsphere/http/sources.py is missing.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.sources(static))
