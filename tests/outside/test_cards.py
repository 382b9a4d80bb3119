"""What a page says of itself, in every way that pages say it, and in some that none should."""

from __future__ import annotations

import pytest

from chatsphere.outside import cards
from chatsphere.outside.cards import Said


@pytest.mark.parametrize(
    ("whole", "said"),
    [
        ("<title>Tea</title>", Said("Tea", "", "")),
        ("<title lang=en>\n Tea &amp;\n cake </title>", Said("Tea & cake", "", "")),
        (
            """<title>x</title><meta property="og:title" content="Tea"><meta name=description content=hot>
            <META CONTENT="/a.png?b=1&amp;c=2" PROPERTY=og:image>""",
            Said("Tea", "hot", "/a.png?b=1&c=2"),
        ),
        ("<meta property='og:title' content='a > b \"c\"'/>", Said('a > b "c"', "", "")),
        ('<meta name="twitter:title" content="T"><meta name="twitter:image" content="i">', Said("T", "", "i")),
        ('<meta property="og:title" content="one"><meta property="og:title" content="two">', Said("one", "", "")),
        ('<title>head</title></head><meta property="og:title" content="body">', Said("head", "", "")),
        ("<title></title>", Said("", "", "")),
        ("no page at all", Said("", "", "")),
        ("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>", Said("<script>alert(1)</script>", "", "")),
        ("<title>pay\u202egnp.exe\u0000\u200b now</title>", Said("pay gnp.exe now", "", "")),
    ],
)
def test_a_page_is_called_what_it_calls_itself(whole: str, said: Said) -> None:
    assert cards.read(whole.encode(), "utf-8") == said


@pytest.mark.parametrize(
    ("whole", "charset"),
    [
        ("<title>Tschüß</title>".encode("latin-1"), "iso-8859-1"),
        ('<meta charset="windows-1252"><title>Tschüß</title>'.encode("cp1252"), None),
        ('<meta http-equiv=c content="text/html; charset=utf-8"><title>Tschüß</title>'.encode(), None),
        ("<title>Tschüß</title>".encode(), "rot13"),
    ],
)
def test_its_letters_are_read_as_it_says_if_that_is_a_way_to_write_letters(whole: bytes, charset: str | None) -> None:
    assert cards.read(whole, charset).title == "Tschüß"


def test_what_is_long_is_cut_and_says_so() -> None:
    said = cards.read(f'<title>{"a" * 900}</title><meta name="description" content="{"b " * 900}">'.encode(), None)
    assert (len(said.title), said.title[-1]) == (cards.LONGEST_TITLE, "…")
    assert len(said.description) <= cards.LONGEST_DESCRIPTION


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "<meta ",
        "<title ",
        '<meta "',
        '<meta content="',
        "<meta a=",
        "<meta '\"",
        "<meta a=\"<meta b='",
        "&#x",
        "<meta a a a ",
    ],
)
def test_no_page_keeps_the_reader_busy(piece: str) -> None:
    assert cards.read(piece.encode() * (1_000_000 // len(piece)), "utf-8").description == ""
