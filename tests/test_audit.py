"""What `make audit` makes of what it is told: nothing is called sound that nobody was asked about."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PATH = Path(__file__).resolve().parents[1] / "tools" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The tool, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("audit", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SOUND = {"name": "flask", "version": "3.1", "vulns": []}
HOLED = {"name": "flask", "version": "0.1", "vulns": [{"id": "CVE-2018-1000656"}]}
UNKNOWN = {"name": "flask", "skip_reason": "not found on PyPI"}


@pytest.mark.parametrize(
    ("parts", "verdict"),
    [([SOUND], 0), ([HOLED, SOUND], 1), ([HOLED, UNKNOWN], 1), ([SOUND, UNKNOWN], 2), ([UNKNOWN], 2), ([], 2)],
)
def test_python_s_report(audit: ModuleType, parts: list[dict[str, Any]], verdict: int) -> None:
    assert audit.of_python({"dependencies": parts})[0] == verdict


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        ({"auditReportVersion": 2, "vulnerabilities": {}}, 0),
        ({"auditReportVersion": 2, "vulnerabilities": {"x": {"severity": "high"}}}, 1),
        ({"error": {"code": "ENOTFOUND"}}, 2),
        ({}, 2),
    ],
)
def test_npm_s_report(audit: ModuleType, report: dict[str, Any], verdict: int) -> None:
    assert audit.of_npm(report)[0] == verdict


def test_the_worst_is_what_it_ends_with(audit: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_install", lambda: None)
    monkeypatch.setattr(audit, "_npm_audit", dict)
    for part, status in ((SOUND, 2), (HOLED, 1)):
        monkeypatch.setattr(audit, "_pip_audit", lambda name, part=part: {"dependencies": [part]})
        assert audit.main() == status
