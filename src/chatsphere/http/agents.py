"""Agents: what a browser or a program says it is, in words for people. Nothing relies on what it says."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["phone", "tablet", "computer", "program"]

# In this order: all but the last of each say that they are some of the others too.
_BROWSERS = (
    ("Samsung Internet", ("SamsungBrowser/",)),
    ("Opera", ("OPR/", "OPT/", "OPiOS/", "Opera/")),
    ("Edge", ("Edg/", "EdgA/", "EdgiOS/", "Edge/")),
    ("Vivaldi", ("Vivaldi/",)),
    ("Firefox", ("Firefox/", "FxiOS/")),
    ("Chrome", ("Chrome/", "CriOS/")),
    ("Safari", ("Safari/",)),
)
_SYSTEMS = (
    ("iPadOS", ("iPad",)),
    ("iOS", ("iPhone", "iPod")),
    ("Android", ("Android",)),
    ("Windows", ("Windows",)),
    ("ChromeOS", ("CrOS",)),
    ("macOS", ("Macintosh", "Mac OS X")),
    ("Linux", ("Linux", "X11")),
)
_TABLET = "an Android tablet"
_PROGRAMS = {"python": "Python", "curl": "curl", "wget": "Wget", "go": "Go", "node": "Node.js", "undici": "Node.js"}
_LONGEST = 1000


def spoken(agent: str) -> str:
    """`Firefox on Windows`, or a program that is known; any other is "A browser" or "A program", whatever it says."""
    agent = agent[:_LONGEST]
    browser, system = _found(_BROWSERS, agent), _found(_SYSTEMS, agent)
    if browser is None and system is None:
        return _program(agent)
    if system == "Android" and "Mobile" not in agent:
        system = _TABLET
    return f"{browser or 'A browser'} on {system}" if system else str(browser)


def kind(device: str) -> Kind:
    """What sort of thing such words are about."""
    if device.endswith((_TABLET, "iPadOS")):
        return "tablet"
    if device.endswith((" on Android", " on iOS")):
        return "phone"
    is_browser = " on " in device or device in {name for name, _ in _BROWSERS}
    return "computer" if is_browser or not device else "program"


def _found(names: tuple[tuple[str, tuple[str, ...]], ...], agent: str) -> str | None:
    return next((name for name, signs in names if any(sign in agent for sign in signs)), None)


def _program(agent: str) -> str:
    # Never in its own words: they would be carried by a letter, and anybody can choose them.
    return _PROGRAMS.get(re.split(r"[^a-z]", agent.lower(), maxsplit=1)[0], "A program")
