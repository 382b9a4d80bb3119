"""What strangers send: cut off, blown up, lying, and refused before it does harm."""

from __future__ import annotations

import re
import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from chatsphere.core.errors import Refusal
from chatsphere.outside.images import NotAPicture, Prepared, TooManyPixels, looks_like_picture
from tests.outside.pictures import (
    KINDS,
    bomb,
    saved,
    scene,
    telltale,
)

Prepare = Callable[..., Prepared]


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_that_was_cut_off_is_refused(kind: str, prepare: Prepare) -> None:
    noisy = Image.effect_noise((320, 240), 90).convert("RGB")
    whole = saved(noisy, kind)
    assert prepare(whole).width == 320
    for share in (0.1, 0.35, 0.6, 0.85, 0.97):
        with pytest.raises(NotAPicture):
            prepare(whole[: int(len(whole) * share)])


def test_a_movement_that_was_cut_off_is_refused(prepare: Prepare) -> None:
    frames = [Image.effect_noise((80, 60), 90).convert("P") for _ in range(6)]
    for kind in ("GIF", "WEBP", "PNG"):
        whole = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=90)
        for share in (0.3, 0.5, 0.9):
            with pytest.raises(NotAPicture):
                prepare(whole[: int(len(whole) * share)])


def test_a_bomb_is_refused_before_it_is_decoded(prepare: Prepare) -> None:
    small = bomb(20_000, 20_000)
    assert len(small) < 100_000
    began = time.monotonic()
    with pytest.raises(TooManyPixels, match="50,000,000"):
        prepare(small)
    assert time.monotonic() - began < 2


def test_the_pixel_limit_is_the_settings(prepare: Prepare) -> None:
    upload = saved(Image.new("RGB", (101, 100), "teal"), "PNG")
    assert prepare(upload, max_pixels=10_100).width == 101
    with pytest.raises(TooManyPixels, match="10,099"):
        prepare(upload, max_pixels=10_099)


def test_frames_count_into_the_pixels(prepare: Prepare) -> None:
    tiny = [Image.new("RGB", (4, 4), (at * 40, 0, 0)) for at in range(6)]
    upload = bytearray(saved(tiny[0], "GIF", save_all=True, append_images=tiny[1:], duration=90))
    struct.pack_into("<HH", upload, 6, 8_000, 6_000)
    with pytest.raises(TooManyPixels, match="frames"):
        prepare(bytes(upload))


def test_a_frame_beyond_the_screen_of_its_gif_counts_too(prepare: Prepare) -> None:
    tiny = [Image.new("RGB", (4, 4), (at * 40, 0, 0)) for at in range(3)]
    upload = bytearray(saved(tiny[0], "GIF", save_all=True, append_images=tiny[1:], duration=90))
    last = upload.rindex(b"\x2c")
    struct.pack_into("<HHHH", upload, last + 1, 0, 0, 65_000, 65_000)
    with pytest.raises(NotAPicture):
        prepare(bytes(upload))


def test_a_line_a_million_pixels_long_is_no_picture(prepare: Prepare) -> None:
    with pytest.raises(TooManyPixels, match="65,000"):
        prepare(bomb(1_000_000, 2))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.jpg"),
        (b"hello", "text.png"),
        (SVG, "drawing.svg"),
        (b"<html><body>hi</body></html>", "page.gif"),
        (b"GIF89a<script>alert(1)</script>;", "page.gif"),
        (b"\xff\xd8\xff" + bytes(4000), "zeros.jpg"),
        (b"II*\0" + bytes(200), "scan.tiff"),
        (b"BM" + bytes(200), "paint.bmp"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "print.eps"),
        (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1" + bytes(300), "hollow.avif"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(300), "hollow.heic"),
        (b"\0\0\0\x18ftypqt  \0\0\0\0qt  mp42" + bytes(300), "film.heic"),
    ],
)
def test_what_only_claims_to_be_a_picture_is_refused(data: bytes, name: str, prepare: Prepare) -> None:
    assert looks_like_picture(data[:64], name, "application/octet-stream") or name.endswith(".eps")
    with pytest.raises(NotAPicture, match="picture"):
        prepare(data, name)


def test_other_decoders_than_the_six_are_never_asked(prepare: Prepare) -> None:
    for kind in ("TIFF", "BMP", "PPM", "ICO", "TGA", "JPEG2000", "PCX", "PDF"):
        with pytest.raises(NotAPicture):
            prepare(saved(scene(64, 64), kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_bytes_tell_whatever_the_name_says(kind: str, prepare: Prepare) -> None:
    data = telltale(kind)
    assert looks_like_picture(data[:64], "notes.txt", "text/plain")
    assert prepare(data, "notes.txt").width == 240


def test_only_what_claims_to_be_a_picture_or_begins_like_one_looks_like_it() -> None:
    assert looks_like_picture(b"", "photo.JPG", "")
    assert looks_like_picture(b"", "blob", "image/svg+xml")
    assert not looks_like_picture(b"%PDF-1.7", "paper.pdf", "application/pdf")
    assert not looks_like_picture(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "film.mp4", "video/mp4")
    assert not looks_like_picture(b"", "", "")


def test_a_picture_that_is_also_an_archive_is_only_a_picture_afterwards(prepare: Prepare) -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as into:
        into.writestr("index.html", "<script>alert('CANARY')</script>")
    both = saved(scene(), "JPEG") + archive.getvalue()
    assert zipfile.is_zipfile(BytesIO(both))
    ready = prepare(both)
    assert not zipfile.is_zipfile(BytesIO(ready.original))
    assert b"PK" not in ready.original[-200:]


def test_every_refusal_is_a_sentence_for_a_person(prepare: Prepare) -> None:
    for data in (b"nothing", bomb(20_000, 20_000)):
        with pytest.raises(Refusal) as refused:
            prepare(data)
        assert refused.value.status == 422
        assert re.fullmatch(r"[A-Z].*[.]", refused.value.detail)
