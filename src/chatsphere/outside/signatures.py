"""What a file is, by its first bytes: the six kinds of picture that are taken, and no other."""

from __future__ import annotations

from pathlib import PurePath

HEAD = 64
"""Bytes at the beginning of a file that are enough to tell."""

PLAIN = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"))
AVIF_BRANDS = frozenset({b"avif", b"avis"})
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
NAMES = frozenset(
    {".avif", ".bmp", ".gif", ".heic", ".heif", ".ico", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".jxl"}
    | {".png", ".svg", ".svgz", ".tif", ".tiff", ".webp"}
)


def looks_like_picture(head: bytes, name: str, content_type: str) -> bool:
    """Tell whether a file is a picture by its first bytes, or claims to be one by its name or type."""
    claimed = content_type.strip().lower().startswith("image/") or PurePath(name.lower()).suffix in NAMES
    return claimed or kind_of(head) is not None


def kind_of(head: bytes) -> str | None:
    """Return Pillow's name for the kind of picture that begins with these bytes; None for all else."""
    for signature, kind in PLAIN:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return _kind_by_brand(head) if head[4:8] == b"ftyp" else None


def _kind_by_brand(head: bytes) -> str | None:
    end = min(int.from_bytes(head[:4], "big"), HEAD)
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, end, 4))}
    # An AVIF file may name `mif1` too, so the narrower brand is looked for first.
    if brands & AVIF_BRANDS:
        return "AVIF"
    return "HEIF" if brands & HEIC_BRANDS else None
