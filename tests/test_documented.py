"""What is said in two places is said alike: settings, commands, make targets, requirements; and the walls of style."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from chatsphere.cli import main
from chatsphere.settings import Settings, fields

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/**/*.py")])
# A migration is a list of what it lays down, and is never changed again.
WALLED = [path for path in PYTHON if "versions" not in path.parts]
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def table(name: str, heading: str) -> dict[str, list[str]]:
    """The rows of the table in a document whose first column is called this, by that column."""
    lines = read(name).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    found: dict[str, list[str]] = {}
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        found[cells[0].strip("`")] = cells[1:]
    return found


def test_every_setting_is_in_the_table_and_nothing_else_is() -> None:
    assert set(table("docs/configuration.md", "setting")) == set(fields())


@pytest.mark.parametrize("name", sorted(fields()))
def test_a_settings_default_is_the_one_in_the_table(name: str) -> None:
    default = fields()[name].default
    said = table("docs/configuration.md", "setting")[name][0]
    spoken: dict[object, tuple[str, ...]] = {None: ("none", "unset"), True: ("`on`",), (): ("none",)}
    if fields()[name].default_factory is None and default != "":
        assert said in spoken.get(default, (f"`{default}`",))


def test_every_setting_says_what_it_decides() -> None:
    assert [
        name for name, field in Settings.model_fields.items() if not (field.description or "").endswith((".", "…"))
    ] == []


def commands(group: click.Command, name: str = "chatsphere") -> Iterator[tuple[str, click.Command]]:
    if isinstance(group, click.Group):
        for part, command in group.commands.items():
            yield from commands(command, f"{name} {part}")
    else:
        yield name, group


def test_every_command_is_in_the_table_and_nothing_else_is() -> None:
    assert set(table("docs/self-hosting.md", "command")) == {name for name, _ in commands(main)}


@pytest.mark.parametrize(("name", "command"), [pytest.param(*found, id=found[0]) for found in commands(main)])
def test_every_option_of_a_command_is_named_beside_it(name: str, command: click.Command) -> None:
    assert command.help
    said = table("docs/self-hosting.md", "command")[name][0]
    for parameter in command.params:
        assert (parameter.opts[0] if isinstance(parameter, click.Option) else "") in said


def test_make_help_names_every_target() -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), flags=re.MULTILINE))
    helped = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(re.findall(r"^  make ([a-z-]+)", helped.stdout, flags=re.MULTILINE)) == targets
    assert {"run", "test", "check"} <= targets


def names(requirements: str) -> set[str]:
    found = re.findall(r"^([A-Za-z0-9_.-]+)", read(requirements), flags=re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found if not name.startswith("-")}


def test_the_package_depends_on_what_is_pinned() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert set(project["dependencies"]) == {line for line in read("requirements/run.in").splitlines() if line}
    for use in ("run", "test", "build", "uv", "audit", "peers"):
        assert names(f"requirements/{use}.in") <= names(f"requirements/{use}.txt")


def test_each_dependency_has_its_reason() -> None:
    reasons = set(table("docs/decisions/dependencies.md", "part"))
    uses = ("run", "test", "build", "uv", "audit", "peers")
    assert reasons == {name for use in uses for name in names(f"requirements/{use}.in")}


def test_no_index_host_is_written_down() -> None:
    for path in [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json"]:
        text = path.read_text(encoding="utf-8")
        assert "--index" not in text
        assert "--find-links" not in text
        assert '"resolved"' not in text


def links(name: str) -> set[str]:
    found = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", read(name))
    return {link for link in found if not link.startswith(("http:", "https:", "mailto:"))}


@pytest.mark.parametrize("path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    assert [link for link in links(str(path.relative_to(ROOT))) if not (path.parent / link).exists()] == []


def test_each_promise_has_its_test() -> None:
    for said in table("SECURITY.md", "promise").values():
        path, _, name = said[0].strip("`").partition("::")
        assert f"def {name}(" in read(path), f"{path} has no {name}"


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, (node.end_lineno or 0) - first.lineno + 1


@pytest.mark.parametrize("path", WALLED, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_grows_past_the_wall(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE
    assert [name for name, lines in functions(path) if lines > LONGEST_FUNCTION] == []


PHYSICAL = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*"
    r"|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear):\s*(?:left|right)\b"
    r"|(?:^|[;{\s])(?:margin|padding|inset):\s*(?:\S+\s+){1}(?P<end>[^\s;()]+)\s+\S+\s+(?!(?P=end)\s*;)[^\s;()]+\s*;"
)


@pytest.mark.parametrize("sheets", [("app", "late"), ("page",)], ids=" and ".join)
def test_of_the_styles_that_meet_on_a_page_each_class_has_one_home(sheets: tuple[str, ...]) -> None:
    css, homes = ROOT / "src" / "chatsphere" / "static" / "css", defaultdict(set)
    for sheet in sheets:
        for name, layer in re.findall(r'@import "([\w-]+\.css)" layer\((\w+)\)', (css / f"{sheet}.css").read_text()):
            for begun in re.findall(r"^(\.[a-z][\w-]*) \{", (css / name).read_text(), re.MULTILINE):
                homes[layer, begun].add(name)
    assert {begun: found for begun, found in homes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("path", sorted(ROOT.glob("src/chatsphere/static/css/*.css")), ids=lambda path: path.name)
def test_style_sheets_know_start_and_end_not_left_and_right(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line.strip() for line in lines if PHYSICAL.search(line)] == []


TEXTS = [*ROOT.glob("src/**/*.html"), *ROOT.glob("src/chatsphere/static/**/*.js"), *ROOT.glob("src/**/*.css"), *PYTHON]


def test_nothing_is_left_to_do() -> None:
    # Put together here, so that this file does not find itself.
    left = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))
    kept = [path for path in TEXTS if "vendor" not in path.parts and path.is_file()]
    assert [path.name for path in kept if left.search(path.read_text(encoding="utf-8"))] == []
