"""What is sealed on its way between two processes: only those with the same secret read it, or say it."""

from __future__ import annotations

from base64 import b64decode, b64encode

from chatsphere.outside.tidings import Seal, Tidings

SECRET = b"only this installation knows it!"
NEWS = [Tidings("tea", 7, (b'{"a":1}\n', b"\x00\xff"), "life"), Tidings("cake", 2, (b"x",), "life")]


def test_they_travel_unchanged_between_those_with_the_same_secret() -> None:
    seal, other = Seal(SECRET), Seal(SECRET)
    said = [seal.close(NEWS), seal.close(NEWS[1:])]
    assert [other.open(one) for one in said] == [NEWS, NEWS[1:]]
    assert said[0] != seal.close(NEWS), "the same is never said in the same words"
    assert NEWS[0].size == 10


def test_nobody_else_reads_them_or_speaks_for_us() -> None:
    said = Seal(SECRET).close(NEWS)
    raw = b64decode(said)
    assert b"tea" not in raw
    forged = b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode()
    strange = Seal(b"of another installation, surely.").close(NEWS)
    for one in (forged, strange, "", "?", "é", b64encode(raw[:20]).decode(), b64encode(b"x" * 200).decode()):
        assert Seal(SECRET).open(one) == []
    assert Seal(b"").open(said) == []


def test_without_a_secret_or_news_nothing_travels() -> None:
    assert Seal(b"").close(NEWS) == ""
    assert Seal(SECRET).close([]) == ""


def test_what_was_said_a_while_ago_may_be_a_copy_and_is_not_believed() -> None:
    said = Seal(SECRET, lambda: 1_000.0).close(NEWS)
    for soon in (991.0, 1_000.0, 1_009.0):
        assert Seal(SECRET, lambda: soon).open(said) == NEWS  # noqa: B023 - asked at once
    for late in (989.0, 1_011.0):
        assert Seal(SECRET, lambda: late).open(said) == []  # noqa: B023 - asked at once
