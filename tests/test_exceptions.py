"""Exceptions are spoken: whoever silences a lint or bends the policy says why, and where it is done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = [path for folder in ("src", "tests", "tools") for path in sorted((ROOT / folder).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "src" / "chatsphere" / "templates").rglob("*.html"))
# Letters are no pages, and an export is opened from a disk: it says a policy of its own, which knows no script at all.
PAGES = [path for path in TEMPLATES if not {"letters", "export"} & {*path.parts}]
EXPORT = [path for path in TEMPLATES if "export" in path.parts]
SCRIPTS = [path for path in sorted((ROOT / "src/chatsphere/static/js").rglob("*.js")) if "vendor" not in path.parts]

SILENCED = re.compile(r"#\s*(?:noqa|nosec)\b(?::\s*)?(?P<codes>[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|B\d+)?(?P<reason>.*)$")
# What is silenced for the same reason wherever it is.
SPOKEN = {
    "E731": "a scene names a deed in a lambda",
    "N802": "the library calls it so",
    "F811": "a fixture of another file is taken by its name",
}


def _silenced(path: Path) -> list[str]:
    """Silenced lines without a reason: neither on the line itself nor in a comment of its own right above it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for before, line in zip(["", *lines], lines, strict=False):
        silenced = SILENCED.search(line)
        if not silenced or _is_named(line, silenced.start()):
            continue
        codes = set((silenced["codes"] or "").replace(" ", "").split(","))
        said = re.search(r"[^\W\d_]{3}", silenced["reason"].replace("noqa", "").replace("nosec", ""))
        if not (said or codes <= SPOKEN.keys() or before.strip().startswith("# ")):
            found.append(line.strip())
    return found


def _is_named(line: str, at: int) -> bool:
    """Whether the mark stands inside a string, as it does in this file."""
    return line[:at].count('"') % 2 == 1


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_whoever_silences_a_rule_says_why(path: Path) -> None:
    assert _silenced(path) == []


def test_a_silence_without_a_word_is_found(tmp_path: Path) -> None:
    silent, spoken = ["x = 1  # noqa: S105", "y = 2  # nosec B105"], "z = 3  # noqa: S105 - a name"
    lines = [*silent, spoken, "# A name.", "w = 4  # noqa: S105"]
    (tmp_path / "x.py").write_text("\n".join(lines))
    assert _silenced(tmp_path / "x.py") == silent


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_has_inline_style_script_or_handler(path: Path) -> None:
    html = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=", html, re.IGNORECASE) == []
    assert re.findall(r"<style\b|javascript:|\ssrcdoc\s*=", html, re.IGNORECASE) == []
    for script in re.findall(r"<script\b[^>]*>", html):
        assert "nonce=" in script or "src=" in script or 'type="application/json"' in script, script


@pytest.mark.parametrize("path", EXPORT, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_export_has_no_script_and_no_handler(path: Path) -> None:
    html = path.read_text(encoding="utf-8")
    assert re.findall(r"<script|<[a-z][^>]*\son[a-z]+\s*=|javascript:|\ssrcdoc\s*=", html, re.IGNORECASE) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_calls_a_text_safe_without_a_word_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    unsafe = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\b")
    pairs = zip(["", *lines], lines, strict=False)
    assert [line for before, line in pairs if unsafe.search(line) and "{#" not in before + line] == []


SINKS = re.compile(
    r"\.(?:innerHTML|outerHTML|srcdoc)\s*=[^=]|insertAdjacentHTML|document\.write"
    r"|\beval\(|new Function\(|\.setHTMLUnsafe\("
    r"|createContextualFragment|DOMParser\(|setTimeout\(\s*[\"']|createPolicy\("
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_html_is_made_of_a_string_in_one_place_only(path: Path) -> None:
    found = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if SINKS.search(line)]
    assert len(found) == (2 if path.relative_to(ROOT).as_posix().endswith("js/helpers/html.js") else 0), found
