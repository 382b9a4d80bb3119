"""What the decoder process does with a picture: open it warily, bake it to plain sRGB, and encode it anew."""

from __future__ import annotations

import re
import struct
import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from chatsphere.outside.colour import key_hue
from chatsphere.outside.profiles import in_srgb
from chatsphere.outside.signatures import HEAD, kind_of
from chatsphere.outside.thumbhash import thumbhash

WIDTHS = (320, 640, 1280, 2048)
EAGER = 640
"""The rendition that is made with the upload, so that the first one to look need not wait."""
PORTRAIT = 512
MAX_SIDE = 65_000
"""JPEG and AVIF end at 65,535."""
MAX_AVIF_SIDE = 32_768
"""Most readers of AVIF end there; what is higher has its JPEG alone."""
MAX_MOVING_SIDE = 16_383
"""WebP ends there."""
MAX_FRAMES = 2_000
MAX_FRAME_PIXELS = 200_000_000
"""Pixels × frames."""
MOVING = frozenset({"GIF", "PNG", "WEBP", "AVIF"})
"""Kinds that may move. A phone's JPEG or HEIC may hold several pictures too, but then the first is the one meant."""
TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BROKEN_EXIF = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error)

pillow_heif.register_heif_opener(thumbnails=False)
pillow_heif.options.DECODE_THREADS = 1
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Undecodable(Exception):
    """These bytes are no whole picture of a kind that is taken."""


class Oversized(Exception):
    """More pixels than are decoded; the text says how many there may be."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an upload: `plan` names every rendition with its size, `made` holds those that exist already."""

    original: bytes
    content_type: str
    width: int
    height: int
    thumbhash: bytes
    hue: int | None
    plan: tuple[tuple[str, int, int, str], ...]
    made: dict[str, bytes]


def rehearse() -> None:
    """Go once through all kinds, so that everything Pillow loads late is loaded before no file may be opened."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tiny = [Image.new("RGB", (16, 12), name) for name in ("teal", "coral")]
    for kind in ("JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF"):
        moving = {"save_all": True, "append_images": tiny[1:]} if kind in ("MPO", "PNG", "GIF", "WEBP") else {}
        made = _saved(tiny[0], kind, exif=exif, icc_profile=profile, **moving)
        for name in ("16.avif", "16.jpg", "12.avif"):
            with suppress(Undecodable):
                rendition(prepare(made, 1000).original, name)


def prepare(data: bytes, max_pixels: int) -> Result:
    """Decode an uploaded picture wholly and return it upright, in sRGB and without a word about where it was taken."""
    source, kind = _opened(data, max_pixels)
    moves = _frames(source, kind) > 1
    sampling = JpegImagePlugin.get_sampling(source) if kind == "JPEG" else 2
    picture = _baked(source)
    plan = _plan(picture.width, picture.height)
    eager = max((each for each in plan[:-1] if each[1] <= EAGER), key=lambda each: each[1], default=plan[0])
    small = _resized(picture, eager[1], eager[2])
    if moves:
        original, content_type = _moving(source), "image/webp"
    else:
        original, content_type = _kept(picture, _is_exact(data, kind), sampling)
    made = {eager[0]: _encoded(small, eager[0])}
    return Result(original, content_type, picture.width, picture.height, thumbhash(small), key_hue(small), plan, made)


def rendition(original: bytes, name: str) -> bytes:
    """Return one of a kept picture's renditions, such as `640.avif`, by its name in the plan."""
    source, _ = _opened(original, MAX_FRAME_PIXELS)
    planned = {each: (width, height) for each, width, height, _ in _plan(*source.size)}
    if name not in planned:
        raise Undecodable
    width, height = planned[name]
    # Twice the size wanted: JPEG's own scaling is fast, but coarse.
    source.draft(None, (2 * width, 2 * height))
    return _encoded(_resized(_baked(source), width, height), name)


def portrait(data: bytes, max_pixels: int) -> bytes:
    """Return the middle of a picture as a square JPEG, never larger than it was."""
    source, _ = _opened(data, max_pixels)
    picture = _baked(source)
    side = min(PORTRAIT, *picture.size)
    return _jpeg(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS), 88, 0)


def _opened(data: bytes, max_pixels: int) -> tuple[Image.Image, str]:
    kind = kind_of(data[:HEAD])
    if kind is None or _is_cut(data, kind):
        raise Undecodable
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        source = Image.open(BytesIO(data), formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Oversized(f"A picture may have {max_pixels:,} pixels.") from error
    if source.width * source.height > max_pixels:
        raise Oversized(f"A picture may have {max_pixels:,} pixels; this one has {source.width * source.height:,}.")
    if max(source.size) > MAX_SIDE:
        raise Oversized(f"A picture may be {MAX_SIDE:,} pixels wide or high; this one is {max(source.size):,}.")
    return source, kind


def _is_cut(data: bytes, kind: str) -> bool:
    # Decoders forgive a missing end; the kinds whose pictures have a mark there are held to it.
    if kind == "PNG":
        return b"IEND" not in data[-65_536:] and b"IEND\xae\x42\x60\x82" not in data
    return kind == "GIF" and b";" not in data[-65_536:]


def _frames(source: Image.Image, kind: str) -> int:
    count = getattr(source, "n_frames", 1) if kind in MOVING else 1
    if count > MAX_FRAMES or count * source.width * source.height > MAX_FRAME_PIXELS:
        raise Oversized(f"A moving picture may have {MAX_FRAMES:,} frames and {MAX_FRAME_PIXELS:,} pixels in all.")
    if count > 1 and max(source.size) > MAX_MOVING_SIDE:
        raise Oversized(f"A moving picture may be {MAX_MOVING_SIDE:,} pixels wide or high.")
    return count


def _baked(source: Image.Image) -> Image.Image:
    """Decode all of the frame at hand; return it as bare RGB or RGBA pixels, upright, in sRGB."""
    source.load()
    picture = in_srgb(source)
    turn = UPRIGHT.get(_orientation(source))
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    # The first of the enumeration is 0, so its truth says nothing.
    picture = picture if turn is None else picture.transpose(turn)
    # What is left in `info` is written into the next file by some encoders: comments, profiles, XMP.
    picture.info = {}
    return picture


def _orientation(source: Image.Image) -> int:
    try:
        return int(source.getexif().get(ORIENTATION, 1))
    except BROKEN_EXIF:
        return 1


def _plan(width: int, height: int) -> tuple[tuple[str, int, int, str], ...]:
    """Name the renditions of a picture of that size, AVIF from small to large and then one JPEG; none is larger."""
    widths = [each for each in WIDTHS if each <= width] or [width]
    named = [(f"{each}.avif", each) for each in widths if height * each <= MAX_AVIF_SIDE * width]
    named.append((f"{min(width, WIDTHS[-1])}.jpg", min(width, WIDTHS[-1])))
    return tuple((name, each, max(1, round(height * each / width)), _type(name)) for name, each in named)


def _type(name: str) -> str:
    return TYPES[re.sub(r".*\.", "", name)]


def _resized(picture: Image.Image, width: int, height: int) -> Image.Image:
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _is_exact(data: bytes, kind: str) -> bool:
    return kind in ("PNG", "GIF") or (kind == "WEBP" and b"VP8L" in data[12:HEAD])


def _kept(picture: Image.Image, exact: bool, sampling: int) -> tuple[bytes, str]:
    """Encode what is kept as the original, in kinds that every browser and desktop can show and save.

    JPEG for photographs, PNG for what is exact or see-through (and WebP for what moves, in `_moving`).
    """
    if exact or picture.mode == "RGBA":
        # Packing 50 MP harder takes longer than anybody waits.
        level = 3 if picture.width * picture.height < 12_000_000 else 1
        return _saved(picture, "PNG", compress_level=level), "image/png"
    return _jpeg(picture, 92, sampling if sampling in (0, 1, 2) else 2), "image/jpeg"


def _moving(source: Image.Image) -> bytes:
    """Encode all frames as one WebP: a GIF shrinks to a fraction, and opaque and see-through frames both keep."""
    reel = Reel(source)
    loop = source.info.get("loop", 1 if source.format == "GIF" else 0)
    return _saved(reel, "WEBP", save_all=True, duration=reel.durations, loop=loop, quality=82, method=0)


class Reel(Image.Image):
    """The frames of a moving picture, baked one at a time as the encoder asks for them, so that one is in memory."""

    def __init__(self, source: Image.Image) -> None:
        super().__init__()
        self.source = source
        self.n_frames = int(getattr(source, "n_frames", 1))
        self.is_animated = True
        # In milliseconds, and known only once a frame is decoded; the encoder asks for each after its frame.
        self.durations = [0] * self.n_frames
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Turn to a frame, wholly decoded."""
        self.source.seek(frame)
        if self.source.width * self.source.height * self.n_frames > MAX_FRAME_PIXELS:
            raise Oversized(f"A moving picture may have {MAX_FRAME_PIXELS:,} pixels in all.")
        baked = _baked(self.source).convert("RGBA")
        self.im, self._mode, self._size = baked.im, baked.mode, baked.size
        asked = int(self.source.info.get("duration") or 0)
        # What claims to flash by stays as long as browsers let it.
        self.durations[frame] = asked if asked > 10 else 100
        self.at = frame

    def tell(self) -> int:
        """Return the number of the frame at hand."""
        return self.at


def _encoded(picture: Image.Image, name: str) -> bytes:
    if name.endswith(".jpg"):
        return _jpeg(picture, 85, 2)
    return _saved(picture, "AVIF", quality=55, speed=10, max_threads=1)


def _jpeg(picture: Image.Image, quality: int, subsampling: int) -> bytes:
    if picture.mode == "RGBA":
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture, mask=picture.getchannel("A"))
        picture = white
    return _saved(picture, "JPEG", quality=quality, subsampling=subsampling)


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    into = BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()
