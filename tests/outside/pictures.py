"""Real picture files for the tests, with words hidden wherever a file format has room for them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

CANARY = b"CANARY"
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
GPS, ORIENTATION, DESCRIPTION, MAKER_NOTE = 0x8825, 0x0112, 0x010E, 0x927C
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
SRGB = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as a file's bytes."""
    into = BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()


def scene(width: int = 240, height: int = 160) -> Image.Image:
    """Four coloured quarters: red and green above, blue and yellow below, so that one sees which way is up."""
    picture = Image.new("RGB", (width, height), (220, 40, 40))
    picture.paste((40, 190, 60), (width // 2, 0, width, height // 2))
    picture.paste((40, 60, 220), (0, height // 2, width // 2, height))
    picture.paste((230, 210, 40), (width // 2, height // 2, width, height))
    return picture


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF with a place, a description and a maker's note."""
    made = Image.Exif()
    made[ORIENTATION] = orientation
    made[DESCRIPTION] = "CANARY description"
    made.get_ifd(GPS).update({1: "N", 2: (47.0, 22.0, 1.0), 3: "E", 4: (8.0, 32.0, 2.0), 29: "CANARY gps"})
    made.get_ifd(0x8769)[MAKER_NOTE] = b"CANARY maker note"
    return made


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>CANARY xmp</rdf:RDF></x:xmpmeta>'


def profile(primaries: tuple[tuple[float, float], ...] = SRGB, gamma: float = 2.2, words: str = "CANARY icc") -> bytes:
    """An ICC display profile for primaries (CIE x, y; white D65), as a phone or camera puts it into its pictures."""
    matrix = _to_d50(primaries)
    texts = words.encode("ascii") + b"\0"
    described = b"desc" + bytes(4) + struct.pack(">I", len(texts)) + texts + bytes(4 + 4 + 2 + 1 + 67)
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)
    tags = [(b"desc", described), (b"cprt", b"text" + bytes(4) + texts), (b"wtpt", _xyz((0.9642, 1.0, 0.8249)))]
    tags += [(name, _xyz(column)) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix, strict=True)]
    tags += [(name, curve) for name in (b"rTRC", b"gTRC", b"bTRC")]
    return _packed(tags)


def _packed(tags: list[tuple[bytes, bytes]]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags:
        padded = data + bytes(-len(data) % 4)
        table += name + struct.pack(">II", at + len(body), len(data))
        body += padded
    head = bytearray(128)
    struct.pack_into(">I4sI4s4s4s", head, 0, at + len(body), b"lcms", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head[36:40] = b"acsp"
    head[68:80] = _xyz((0.9642, 1.0, 0.8249))[8:]
    return bytes(head) + table + body


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">iii", *(round(value * 65536) for value in values))


def _to_d50(primaries: tuple[tuple[float, float], ...]) -> list[tuple[float, float, float]]:
    """The columns of RGB → XYZ, adapted from D65 to D50 by Bradford, as profiles want them."""
    import numpy as np

    xyz = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in primaries]).T
    white = np.array([0.95047, 1.0, 1.08883])
    scaled = xyz * np.linalg.solve(xyz, white)
    cone = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    ratio = np.diag((cone @ np.array([0.9642, 1.0, 0.8249])) / (cone @ white))
    adapted = np.linalg.inv(cone) @ ratio @ cone @ scaled
    return [tuple(float(value) for value in adapted[:, column]) for column in range(3)]  # type: ignore[misc]


def srgb_profile() -> bytes:
    """The profile that most pictures carry."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def telltale(kind: str) -> bytes:
    """A picture of a kind that says CANARY in every place where that kind has room for words."""
    picture, words = scene(), exif(1).tobytes()
    icc = profile()
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "CANARY text")
        text.add_text("Author", "CANARY zipped " * 20, zip=True)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return saved(picture, kind, exif=words, icc_profile=icc, pnginfo=text) + b"CANARY behind the end"
    if kind == "GIF":
        return saved(picture, kind, comment=b"CANARY comment") + b"CANARY behind the end;"
    if kind == "JPEG":
        options = {"exif": words, "icc_profile": icc, "xmp": XMP, "comment": b"CANARY comment", "quality": 92}
        made = saved(picture, kind, **options)
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x78\0\x0bCANARY iptc"
        return made[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + made[2:] + b"CANARY behind the end"
    if kind == "HEIF":
        return saved(picture, kind, exif=words, icc_profile=icc, xmp=XMP, quality=80)
    return saved(picture, kind, exif=words, icc_profile=icc, xmp=XMP)


def bomb(width: int, height: int) -> bytes:
    """A PNG of that many pixels, all white, a thousandth of its size."""
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def kept(folder: Path, data: bytes, name: str = "upload") -> Path:
    """The bytes as a file, as an upload would be."""
    path = folder / name
    path.write_bytes(data)
    return path


def opened(data: bytes) -> Image.Image:
    """A picture wholly decoded, as RGBA."""
    return Image.open(BytesIO(data)).convert("RGBA")
