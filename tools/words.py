"""Find every text in the sources, put what is new into the catalogues, and write the browser's half out as modules.

Run it by `make words`. What a language still lacks is printed; `tests/test_words.py` stands at the gate.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message, extract, pofile

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
from chatsphere.languages import LANGUAGES, LOCALES, SOURCE  # noqa: E402 - it is found beside this file

SOURCES = ROOT / "src" / "chatsphere"
MODULES = SOURCES / "static" / "js" / "words"
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
CATALOGUES = ("pages", "app")
"""What the server says, and what the browser's half says."""

# `Conflict("…")` and its like are phrases without being called so: what is refused is always a sentence for a person.
_REFUSALS = {
    **dict.fromkeys(("Refusal", "Conflict", "Forbidden", "Invalid", "Unauthenticated", "TooMany", "Unavailable"), (1,)),
    **dict.fromkeys(("BadRequest", "TooLarge", "WrongKind", "SecondFactorNeeded"), (1,)),
    **dict.fromkeys(("SecondFactorMissing", "ConfirmNeeded"), (1,)),
    **dict.fromkeys(("FieldError", "field"), (2,)),
}
_PYTHON = {"phrase": (1,), "gettext": (1,), "counted": (1, 2), "plural": (2, 3), "_": (1,), **_REFUSALS}
_PAGES = {"_": (1,), "gettext": (1,), "ngettext": (1, 2), "phrase": (1,)}
_APP = {"t": (1,), "tn": (1, 2)}
_HOW = {"jinja2": {"silent": "false"}, "javascript": {"parse_template_string": "true"}}
# GNU's order; what the browser calls them stands beside it.
PLURALS = {
    "fr": (("one", "other"), "nplurals=2; plural=(n > 1);"),
    "sw": (("one", "other"), "nplurals=2; plural=(n != 1);"),
    "ar": (
        ("zero", "one", "two", "few", "many", "other"),
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    ),
}
# What these say is read by whoever writes programs, or sits at a terminal.
_FOR_PROGRAMS = ("api", "gateway", "commands", "demo", "migrations", "cli.py", "terminal.py")
Found = tuple[str, str | tuple[str, ...]]


def texts(catalogue: str) -> Iterator[Found]:
    """Where each text of this catalogue stands, and its words: one, or those for one and for many."""
    if catalogue == "app":
        yield from _texts("static/js/**/*.js", "javascript", _APP)
        return
    for place, words in _texts("**/*.py", "python", _PYTHON):
        if place.split("/")[0] not in _FOR_PROGRAMS:
            yield place, words
    for kind in ("html", "txt"):
        yield from _texts(f"templates/**/*.{kind}", "jinja2", _PAGES)


def _texts(pattern: str, method: str, keywords: dict[str, tuple[int, ...]]) -> Iterator[Found]:
    for path in sorted(SOURCES.glob(pattern)):
        if MODULES in path.parents:
            continue
        with path.open("rb") as file:
            for _, words, *_rest in extract.extract(method, file, keywords, (), _HOW.get(method, {})):
                if words and (words if isinstance(words, str) else words[0]):
                    yield path.relative_to(SOURCES).as_posix(), words


def template(catalogue: str) -> dict[str, Found]:
    """Every text of this catalogue by its (first) words: where it stands, and all its words."""
    found: dict[str, Found] = {}
    for place, words in texts(catalogue):
        key = words if isinstance(words, str) else words[0]
        known = found.get(key)
        # The same words may also be counted somewhere: then both forms are kept.
        if known is None or isinstance(known[1], str):
            found[key] = (place if known is None else known[0], words)
    return found


def read(language: str, catalogue: str) -> Catalog:
    """What is translated so far."""
    path = _path(language, catalogue)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=language)


def merged(language: str, catalogue: str) -> Catalog:
    """All texts of now with what is translated of them; what nobody says any more is left out."""
    before = read(language, catalogue)
    known = {_key(message): message for message in before if message.id}
    made = Catalog(locale=language, fuzzy=False)
    for key, (place, words) in sorted(template(catalogue).items(), key=lambda item: (item[1][0], item[0])):
        old = known.get(key)
        fits = old is not None and isinstance(old.id, str) == isinstance(words, str)
        made.add(words, old.string if old and fits else "", locations=[(place, None)])  # type: ignore[list-item]
    return made


def written(language: str, made: Catalog) -> str:
    """A catalogue as its file has it: no dates, no names, no line numbers, so that only what changes is changed."""
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Plural-Forms: {PLURALS[language][1]}\\n"\n'
    lines = ['"Content-Type: text/plain; charset=utf-8\\n"\n']
    place = ""
    for message in made:
        if not message.id:
            continue
        if message.locations[0][0] != place:
            place = message.locations[0][0]
            lines.append(f"\n#: {place}\n")
        else:
            lines.append("\n")
        lines.append(_entry(message, len(PLURALS[language][0])))
    return head + "".join(lines)


def _entry(message: Message, plurals: int) -> str:
    if isinstance(message.id, str):
        return f"msgid {_quoted(message.id)}\nmsgstr {_quoted(str(message.string or ''))}\n"
    one, many = message.id
    forms = [*(message.string or ()), *[""] * plurals][:plurals]
    said = "".join(f"msgstr[{number}] {_quoted(form)}\n" for number, form in enumerate(forms))
    return f"msgid {_quoted(one)}\nmsgid_plural {_quoted(many)}\n{said}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def module(language: str, made: Catalog) -> str:
    """The browser's half of a language as a module."""
    said: dict[str, Any] = {}
    for message in made:
        if message.id and message.string and any(message.string):
            forms = message.string if isinstance(message.id, tuple) else None
            said[_key(message)] = dict(zip(PLURALS[language][0], forms, strict=True)) if forms else message.string
    rows = "".join(f"  {_quoted(key)}: {_told(value)},\n" for key, value in said.items())
    kind = "/** @type {Record<string, string | Record<string, string>>} */\n"
    return (
        f"// Made of locales/{language}/app.po by `make words`.\n"
        f'export const language = "{language}";\n\n{kind}export const texts = {{\n{rows}}};\n'
    )


def _told(value: str | dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def missing(made: Catalog) -> list[str]:
    """What is not translated."""
    return [
        _key(message)
        for message in made
        if message.id and not (all(message.string) if isinstance(message.string, tuple | list) else message.string)
    ]


def _path(language: str, catalogue: str) -> Path:
    return LOCALES / language / f"{catalogue}.po"


def main() -> None:
    """Bring every catalogue and module up to date."""
    for language in TRANSLATED:
        for catalogue in CATALOGUES:
            made = merged(language, catalogue)
            _path(language, catalogue).parent.mkdir(parents=True, exist_ok=True)
            _path(language, catalogue).write_text(written(language, made), encoding="utf-8")
            if catalogue == "app":
                (MODULES / f"{language}.js").write_text(module(language, made), encoding="utf-8")
            lacking = missing(made)
            print(f"{language}/{catalogue}: {len(made)} texts, {len(lacking)} to translate")
            print("".join(f"  {words}\n" for words in lacking), end="")


if __name__ == "__main__":
    main()
