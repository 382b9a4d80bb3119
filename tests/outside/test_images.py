"""Pictures as they come from phones, cameras and strangers, and what may be kept of them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chatsphere.outside.images import Images, NotAPicture, Prepared
from tests.outside.conftest import PIXELS
from tests.outside.pictures import (
    CANARY,
    KINDS,
    P3,
    exif,
    kept,
    opened,
    profile,
    saved,
    scene,
    srgb_profile,
    telltale,
)

Prepare = Callable[..., Prepared]
UNTURN = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def outputs(images: Images, ready: Prepared) -> Iterator[bytes]:
    """Everything that is kept of a picture or can be asked for."""
    yield ready.original
    yield from ready.made.values()
    for each in ready.plan:
        yield images.rendition(ready.original, each.name)


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def corners(data: bytes) -> list[tuple[int, ...]]:
    picture = opened(data)
    width, height = picture.size
    places = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    return [picture.getpixel((int(width * x), int(height * y)))[:3] for x, y in places]  # type: ignore[index]


QUARTERS = [(220, 40, 40), (40, 190, 60), (40, 60, 220), (230, 210, 40)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_where_and_by_whom_it_was_taken_is_left(kind: str, images: Images, prepare: Prepare) -> None:
    upload = telltale(kind)
    assert upload.count(CANARY) >= 2
    for data in outputs(images, prepare(upload)):
        picture = Image.open(BytesIO(data))
        assert CANARY not in data
        assert b"Exif" not in data.replace(b"Exif\0\0II*\0\x08\0\0\0\0\0", b"")
        assert not picture.getexif()
        assert not {"icc_profile", "comment", "xmp", "exif", "XML:com.adobe.xmp"} & picture.info.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_is_left_in_a_portrait(kind: str, images: Images, tmp_path: Path) -> None:
    assert CANARY not in images.portrait(kept(tmp_path, telltale(kind)), max_pixels=PIXELS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_as_one_that_every_browser_shows(kind: str, prepare: Prepare) -> None:
    ready = prepare(telltale(kind))
    assert ready.content_type == ("image/png" if kind in ("PNG", "GIF") else "image/jpeg")
    assert (ready.width, ready.height) == (240, 160)
    assert all(near(one, other, 14) for one, other in zip(corners(ready.original), QUARTERS, strict=True))


@pytest.mark.parametrize("turned", UNTURN)
def test_a_picture_stands_as_its_camera_meant_it(turned: int, images: Images, prepare: Prepare) -> None:
    turn = UNTURN[turned]
    lying = scene() if turn is None else scene().transpose(turn)
    ready = prepare(saved(lying, "JPEG", exif=exif(turned).tobytes(), quality=92))
    assert (ready.width, ready.height) == (240, 160)
    for data in outputs(images, ready):
        assert all(near(one, other, 20) for one, other in zip(corners(data), QUARTERS, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("turned", [3, 6])
def test_other_kinds_stand_upright_too(kind: str, turned: int, prepare: Prepare) -> None:
    turn = UNTURN[turned]
    assert turn is not None
    ready = prepare(saved(scene().transpose(turn), kind, exif=exif(turned).tobytes()))
    assert (ready.width, ready.height) == (240, 160)
    assert all(near(one, other, 20) for one, other in zip(corners(ready.original), QUARTERS, strict=True))


def test_an_orientation_that_makes_no_sense_is_none(prepare: Prepare) -> None:
    broken = b"Exif\0\0" + b"MM\0*\0\0\0\x08\xff\xff" + bytes(40)
    assert prepare(saved(scene(), "JPEG", exif=broken)).width == 240


def in_srgb(colour: tuple[int, int, int]) -> tuple[int, ...]:
    """What a P3 colour with a gamma of 2.2 is in sRGB, reckoned from the standards' own numbers."""
    p3 = np.array([[0.4865709, 0.2656677, 0.1982173], [0.2289746, 0.6917385, 0.0792869], [0.0, 0.0451134, 1.0439444]])
    back = [[3.2409699, -1.5373832, -0.4986108], [-0.9692436, 1.8759675, 0.0415551], [0.0556301, -0.2039770, 1.0569715]]
    linear = np.clip(np.array(back) @ p3 @ (np.array(colour) / 255) ** 2.2, 0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return tuple(round(float(part) * 255) for part in encoded)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
@pytest.mark.parametrize("colour", [(200, 100, 60), (60, 140, 190), (128, 128, 128)])
def test_a_phones_wide_colours_come_out_as_they_looked(
    kind: str, colour: tuple[int, int, int], prepare: Prepare
) -> None:
    ready = prepare(saved(Image.new("RGB", (64, 64), colour), kind, icc_profile=profile(P3), quality=95))
    assert near(opened(ready.original).getpixel((32, 32))[:3], in_srgb(colour), 5)  # type: ignore[index]


def test_a_broken_or_foreign_profile_is_none(prepare: Prepare) -> None:
    for wrong in (b"nonsense", profile(P3)[:200], b""):
        ready = prepare(saved(scene(), "PNG", icc_profile=wrong))
        assert corners(ready.original) == QUARTERS
    grey = prepare(saved(Image.new("L", (40, 40), 120), "PNG", icc_profile=profile(P3)))
    assert opened(grey.original).getpixel((9, 9)) == (120, 120, 120, 255)


def test_a_printers_picture_comes_out_in_colours(prepare: Prepare) -> None:
    ready = prepare(saved(scene().convert("CMYK"), "JPEG", quality=95))
    assert ready.content_type == "image/jpeg"
    assert all(near(one, other, 45) for one, other in zip(corners(ready.original), QUARTERS, strict=True))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_a_png_comes_out_right(mode: str, prepare: Prepare) -> None:
    grey = 255 if mode == "1" else 128
    picture = Image.new("RGBA", (64, 64), (grey, grey, grey, 255))
    sixteen = Image.frombytes("I;16", (64, 64), struct.pack("<H", 0x8000) * 4096)
    ready = prepare(saved(sixteen if mode == "I;16" else picture.convert(mode), "PNG"))
    assert near(opened(ready.original).getpixel((30, 30)), (grey, grey, grey, 255), 2)  # type: ignore[arg-type]


def test_what_is_seen_through_stays_so_and_is_white_where_it_cannot(images: Images, prepare: Prepare) -> None:
    picture = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((100, 100, 300, 300), fill=(30, 90, 200, 255))
    for kind in ("PNG", "WEBP", "AVIF"):
        ready = prepare(saved(picture, kind))
        assert ready.content_type == "image/png"
        assert opened(ready.original).getpixel((5, 5))[3] == 0  # type: ignore[index]
        assert opened(ready.made["320.avif"]).getpixel((5, 5))[3] < 8  # type: ignore[index]
        assert near(opened(images.rendition(ready.original, "400.jpg")).getpixel((5, 5)), (255,) * 4)  # type: ignore[arg-type]


def test_a_colour_that_stands_for_nothing_is_seen_through(prepare: Prepare) -> None:
    ready = prepare(saved(scene(), "PNG", transparency=QUARTERS[0]))
    assert opened(ready.original).getpixel((5, 5))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_what_moves_goes_on_moving_as_webp(kind: str, images: Images, prepare: Prepare) -> None:
    frames = [Image.new("RGB", (200, 120), name) for name in ("#c03020", "#20a040", "#2040c0")]
    upload = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=[80, 120, 200], loop=0)
    ready = prepare(upload)
    moving = Image.open(BytesIO(ready.original))
    assert (ready.content_type, moving.n_frames, moving.info["loop"]) == ("image/webp", 3, 0)  # type: ignore[attr-defined]
    durations = []
    for at, colour in enumerate([(192, 48, 32), (32, 160, 64), (32, 64, 192)]):
        moving.seek(at)
        moving.load()
        durations.append(moving.info["duration"])
        assert near(moving.convert("RGB").getpixel((100, 60)), colour, 14)  # type: ignore[arg-type]
    assert durations == [80, 120, 200]
    assert near(opened(images.rendition(ready.original, "200.avif")).getpixel((9, 9))[:3], (192, 48, 32))  # type: ignore[index]


def test_a_telltale_that_moves_says_nothing_either(prepare: Prepare) -> None:
    frames = [scene(), scene().transpose(Image.Transpose.ROTATE_180)]
    upload = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"CANARY", duration=90)
    assert CANARY in upload
    assert CANARY not in prepare(upload).original


def test_a_phones_second_picture_in_one_file_is_not_a_movement(prepare: Prepare) -> None:
    other = scene().transpose(Image.Transpose.ROTATE_180)
    ready = prepare(saved(scene(), "MPO", save_all=True, append_images=[other]))
    assert ready.content_type == "image/jpeg"
    assert near(corners(ready.original)[0], QUARTERS[0])


def test_renditions_are_planned_at_once_and_none_is_larger_than_the_picture(prepare: Prepare) -> None:
    def names(width: int, height: int) -> list[str]:
        ready = prepare(saved(Image.new("RGB", (width, height), "teal"), "PNG"))
        assert list(ready.made) == [
            max((n for n in ready_names(ready) if int(n[:-5]) <= 640), key=lambda n: int(n[:-5]))
        ]
        return [each.name for each in ready.plan]

    def ready_names(ready: Prepared) -> list[str]:
        return [each.name for each in ready.plan if each.name.endswith(".avif")]

    assert names(3000, 2000) == ["320.avif", "640.avif", "1280.avif", "2048.avif", "2048.jpg"]
    assert names(1280, 20) == ["320.avif", "640.avif", "1280.avif", "1280.jpg"]
    assert names(500, 2000) == ["320.avif", "500.jpg"]
    assert names(200, 100) == ["200.avif", "200.jpg"]
    assert names(1, 1) == ["1.avif", "1.jpg"]


def test_renditions_have_the_size_that_was_promised(images: Images, prepare: Prepare) -> None:
    ready = prepare(saved(scene(1501, 999), "JPEG"))
    for each in ready.plan:
        made = Image.open(BytesIO(images.rendition(ready.original, each.name)))
        assert made.size == (each.width, each.height)
        assert made.get_format_mimetype() == each.content_type


def test_what_is_too_high_for_avif_has_a_jpeg_that_can_be_read(images: Images, prepare: Prepare) -> None:
    ready = prepare(saved(Image.new("RGB", (2, 40_000)), "PNG"))
    assert [each.name for each in ready.plan] == list(ready.made) == ["2.jpg"]
    assert opened(ready.made["2.jpg"]).size == (2, 40_000)


@pytest.mark.parametrize("name", ["2048.avif", "1.avif", "320.webp", "../640.avif", "", "640"])
def test_a_rendition_that_is_not_planned_is_not_made(name: str, images: Images, prepare: Prepare) -> None:
    ready = prepare(saved(scene(700, 500), "JPEG"))
    with pytest.raises(NotAPicture):
        images.rendition(ready.original, name)


def test_a_portrait_is_the_middle_squared(images: Images, tmp_path: Path) -> None:
    wide = Image.new("RGB", (1800, 600), "red")
    wide.paste((30, 160, 60), (600, 0, 1200, 600))
    portrait = Image.open(BytesIO(images.portrait(kept(tmp_path, saved(wide, "PNG")), max_pixels=PIXELS)))
    assert (portrait.size, portrait.format) == ((512, 512), "JPEG")
    assert near(portrait.getpixel((20, 20)), (30, 160, 60))  # type: ignore[arg-type]


def test_a_small_portrait_is_not_blown_up(images: Images, tmp_path: Path) -> None:
    data = images.portrait(kept(tmp_path, saved(scene(), "PNG")), max_pixels=PIXELS)
    assert Image.open(BytesIO(data)).size == (160, 160)


def test_an_srgb_picture_is_left_as_it_is(prepare: Prepare) -> None:
    assert corners(prepare(saved(scene(), "PNG", icc_profile=srgb_profile())).original) == QUARTERS
