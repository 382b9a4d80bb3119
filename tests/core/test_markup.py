from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings, strategies as st

from chatsphere.core import colouring, markup


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("hi", "<p>hi</p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("**b** *i* ~~s~~ `c`", "<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("![x](http://e.org/p.png)", '<p>!<a href="http://e.org/p.png" rel="noopener nofollow ugc">x</a></p>'),
        ("[x](/logout)", "<p>[x](/logout)</p>"),
        ("[x](//e.org)", "<p>[x](//e.org)</p>"),
        ("[x](MAILTO:a@e.org)", '<p><a href="MAILTO:a@e.org" rel="noopener nofollow ugc">x</a></p>'),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("||who did it||", '<p><span class="spoiler">who did it</span></p>'),
        (
            "||*who* did||, ||it||",
            '<p><span class="spoiler"><em>who</em> did</span>, <span class="spoiler">it</span></p>',
        ),
        ("a || b || c, ||||, || ||, ||d", "<p>a || b || c, ||||, || ||, ||d</p>"),
        ("`||a||` \\||b||", "<p><code>||a||</code> ||b||</p>"),
        (
            "```py\nx = '<b>' # y\n```",
            """<pre><code>x = <span class="hl-s">'&lt;b&gt;'</span> <span class="hl-c"># y</span>\n</code></pre>""",
        ),
        ("```nonesuch\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("```\nx = 1\n```", "<pre><code>x = 1\n</code></pre>"),
        ("1. one\n2. two", "<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        (" \n ", ""),
    ],
)
def test_markdown_becomes_safe_html(written: str, shown: str) -> None:
    assert markup.render(written) == shown


def test_links_go_out_without_a_handle_on_us() -> None:
    assert 'href="https://example.org/a?b=c" rel="noopener nofollow ugc"' in markup.render(
        "see https://example.org/a?b=c"
    )


@pytest.mark.parametrize("columns", [200, 600, 1300])
def test_a_short_message_is_no_table_of_a_hundred_thousand_cells(columns: int) -> None:
    head = "|" + "a|" * columns + "\n|" + "-|" * columns + "\n"
    assert len(markup.render(head + "|\n" * ((8000 - len(head)) // 2))) < 100_000


def test_a_table_as_large_as_a_message_can_spell_out_is_one() -> None:
    row = "|" + "a|" * 19 + "\n"
    assert markup.render(row + row.replace("a", "-") + row * 190).count("<td>a</td>") == 19 * 190


def test_more_links_than_anybody_follows_stay_text() -> None:
    assert "<a " not in markup.render("http://a " * 800)


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=300),
    st.sampled_from(sorted(colouring._KNOWN)),
)
def test_colours_change_no_letter_of_the_code(code: str, language: str) -> None:
    shown = re.sub(r"</?span[^>]*>", "", colouring.coloured(code, language))
    assert html.unescape(shown).rstrip("\n") == code.rstrip("\n").removeprefix("\ufeff")


def test_more_code_than_anybody_reads_in_a_message_stays_black_and_white() -> None:
    code = "x = 1\n" * 400
    assert "hl-n" in markup.render(f"```py\n{code}```")
    assert "hl-n" not in markup.render(f"```py\n{code * 2}```")


@given(st.text("|a* \n", max_size=60))
def test_spoilers_open_and_close(written: str) -> None:
    shown = markup.render(written)
    assert shown.count("<span") == shown.count("</span>")
    assert html.unescape(re.sub(r"<[^>]*>", "", shown)).count("a") == written.count("a")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=300))
def test_nothing_that_anybody_writes_makes_an_active_page(written: str) -> None:
    shown = markup.render(written)
    assert not any(bad in shown.lower() for bad in ("<script", "<img", "<style", "<iframe", "<svg"))
    assert 'href="javascript' not in shown.lower()


@given(st.text("abc ,.!?\n😍é", min_size=1, max_size=80) | st.text("aw1.)+-=:/\t\n ", min_size=1, max_size=12))
def test_the_short_cut_for_plain_text_says_what_the_parser_says(written: str) -> None:
    words = lambda shown: html.unescape(shown.replace("\n", "").replace("<br>", " <br> ")).split()  # noqa: E731
    assert words(markup.render(written)) == words(markup._parsed(written))


def test_lines_with_nothing_in_them_are_no_work() -> None:
    # If each were begun at and gone through to the last one, it would be a minute's.
    for _ in range(100):
        assert markup.render("a" + "\n" * 7_990 + "b") == "<p>a</p>\n<p>b</p>"
