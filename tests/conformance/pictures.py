"""Files to send: pictures drawn on the spot, and what only claims to be one."""

from __future__ import annotations

import io
import zlib
from functools import cache

from PIL import Image

from tests.conformance.people import Part

HTML: Part = ("page.html", b"<script>alert(1)</script>", "text/html")
NOTES: Part = ("notes.txt", b"two lemons\nand some sugar\n", "text/plain")


def photo(width: int = 64, height: int = 48, *, kind: str = "JPEG", colour: str = "tomato", name: str = "") -> Part:
    """A picture that is green in one corner, so that it has a right way up."""
    name = name or f"photo.{'jpg' if kind == 'JPEG' else kind.lower()}"
    return name, _drawn(width, height, kind, colour), f"image/{kind.lower()}"


@cache
def _drawn(width: int, height: int, kind: str, colour: str) -> bytes:
    picture = Image.new("RGB", (width, height), colour)
    picture.paste("green", (0, 0, width // 2, height // 2))
    return _encoded(picture, kind)


def telling(width: int = 64, height: int = 48) -> Part:
    """A phone's photo: lying on its side, with the place where it was taken."""
    picture = Image.new("RGB", (width, height), "tomato")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it clockwise to see it upright
    exif[0x010E] = "at home in Elm Street"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return "phone.jpg", out.getvalue(), "image/jpeg"


def truncated() -> Part:
    """The first half of a photo."""
    name, data, kind = photo(400, 300)
    return name, data[: len(data) // 2], kind


def huge(width: int = 9000, height: int = 6000) -> Part:
    """A PNG of few bytes and very many pixels."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    rows = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    data = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")
    return "huge.png", data, "image/png"


def svg(name: str = "drawing.svg", kind: str = "image/svg+xml") -> Part:
    """A drawing that can run scripts."""
    return name, b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', kind


def opened(data: bytes) -> Image.Image:
    """The picture in some bytes, decoded to its last pixel."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def _encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
