"""Pictures as they come from phones, cameras and strangers, and what may be kept of them."""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chatsphere.core.errors import Refusal
from chatsphere.outside.images import Busy, Images, NotAPicture, Prepared, TooManyPixels, looks_like_picture
from tests.outside.conftest import PIXELS
from tests.outside.pictures import (
    CANARY,
    P3,
    bomb,
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
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
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


def pid_of(images: Images) -> int:
    """The decoder that has the next job."""
    process = images._decoders[-1].process
    assert process is not None
    return process.pid


@pytest.fixture
def fragile() -> Iterator[Callable[..., Images]]:
    """Decoders to be mistreated."""
    made: list[Images] = []

    def make(**changes: float) -> Images:
        made.append(Images(workers=1, **changes))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_decoder_that_is_killed_at_work_is_replaced_and_the_work_done(
    fragile: Callable[..., Images], tmp_path: Path
) -> None:
    images, path = fragile(), kept(tmp_path, saved(scene(), "PNG"))
    images.prepare(path, max_pixels=PIXELS)
    first = pid_of(images)
    os.kill(first, signal.SIGSTOP)
    done: list[Prepared] = []
    worker = threading.Thread(target=lambda: done.append(images.prepare(path, max_pixels=PIXELS)))
    worker.start()
    time.sleep(0.1)
    assert not done
    os.kill(first, signal.SIGKILL)
    worker.join(20)
    assert done[0].width == 240
    assert pid_of(images) != first


def test_a_decoder_that_hangs_is_ended_and_the_next_picture_is_fine(
    fragile: Callable[..., Images], tmp_path: Path
) -> None:
    images, path = fragile(seconds=1.5), kept(tmp_path, saved(scene(), "PNG"))
    images.prepare(path, max_pixels=PIXELS)
    os.kill(pid_of(images), signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises(NotAPicture, match="too long"):
        images.prepare(path, max_pixels=PIXELS)
    assert time.monotonic() - began < 4
    assert images.prepare(path, max_pixels=PIXELS).width == 240


def test_a_picture_that_takes_too_much_memory_is_refused_and_the_next_is_fine(
    fragile: Callable[..., Images], tmp_path: Path
) -> None:
    images = fragile(memory=420 << 20)
    with pytest.raises(NotAPicture):
        images.prepare(kept(tmp_path, saved(Image.new("RGB", (7000, 7000), "teal"), "PNG")), max_pixels=PIXELS)
    assert images.prepare(kept(tmp_path, saved(scene(), "PNG")), max_pixels=PIXELS).width == 240


def test_whoever_waits_too_long_for_a_decoder_is_told_to_come_back(
    fragile: Callable[..., Images], tmp_path: Path
) -> None:
    images, path = fragile(patience=0.2), kept(tmp_path, saved(scene(), "PNG"))
    images.prepare(path, max_pixels=PIXELS)
    stopped = pid_of(images)
    os.kill(stopped, signal.SIGSTOP)
    worker = threading.Thread(target=images.prepare, args=(path,), kwargs={"max_pixels": PIXELS})
    worker.start()
    time.sleep(0.1)
    with pytest.raises(Busy) as busy:
        images.prepare(path, max_pixels=PIXELS)
    os.kill(stopped, signal.SIGCONT)
    worker.join(20)
    assert (busy.value.status, busy.value.retry_after) == (503, 2)


def test_many_at_once_are_all_served(images: Images, tmp_path: Path) -> None:
    path = kept(tmp_path, saved(scene(640, 480), "JPEG"))
    done: list[int] = []
    workers = [
        threading.Thread(target=lambda: done.append(images.prepare(path, max_pixels=PIXELS).width)) for _ in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert done == [640] * 8


def test_a_decoder_knows_no_secret_and_can_open_nothing(
    fragile: Callable[..., Images], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATSPHERE_SECRET_KEY", "CANARY")
    images = fragile()
    images.prepare(kept(tmp_path, saved(scene(), "PNG")), max_pixels=PIXELS)
    inside = Path("/proc") / str(pid_of(images))
    assert CANARY not in (inside / "environ").read_bytes()
    limits = (inside / "limits").read_text()
    assert re.search(r"Max open files +3 +3 ", limits)
    assert re.search(r"Max file size +0 +0 ", limits)
    assert not re.search(r"Max address space +unlimited", limits)
    assert "flask" not in (inside / "maps").read_text()


def test_closing_ends_every_decoder(fragile: Callable[..., Images], tmp_path: Path) -> None:
    images, path = fragile(), kept(tmp_path, saved(scene(), "PNG"))
    images.prepare(path, max_pixels=PIXELS)
    pid = pid_of(images)
    images.close()
    assert not (Path("/proc") / str(pid)).exists()
    with pytest.raises(Busy):
        images.prepare(path, max_pixels=PIXELS)


def test_the_decoder_leaves_the_web_outside() -> None:
    asked = (
        "import sys, chatsphere.outside.decoder; print(sorted({'flask', 'sqlalchemy', 'redis'} & sys.modules.keys()))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_an_srgb_picture_is_left_as_it_is(prepare: Prepare) -> None:
    assert corners(prepare(saved(scene(), "PNG", icc_profile=srgb_profile())).original) == QUARTERS
