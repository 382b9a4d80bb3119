"""Colour profiles: whatever a camera, phone or printer meant by its numbers, in sRGB."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

SAME = ("sRGB IEC61966", "sRGB built-in", "sRGB2014")
SPACES = {"RGB": "RGB", "P": "RGB", "L": "GRAY", "1": "GRAY", "I": "GRAY", "F": "GRAY", "CMYK": "CMYK"}
PLAIN = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


def in_srgb(source: Image.Image) -> Image.Image:
    """Return a decoded picture as RGB or, where it is see-through, RGBA in sRGB."""
    source = _eight_bits(source)
    alpha = source.convert("RGBA").getchannel("A") if source.has_transparency_data else None
    picture = _converted(source)
    if alpha is not None:
        picture.putalpha(alpha)
    return picture


def _eight_bits(source: Image.Image) -> Image.Image:
    # Pillow's own way from sixteen bits to eight cuts everything above 255 to white.
    if not source.mode.startswith("I"):
        return source
    return source.convert("I").point(lambda value: value * (1 / 256), "L")


def _converted(source: Image.Image) -> Image.Image:
    profile = _profile(source)
    if profile is None:
        return source.convert("RGB")
    space = profile.profile.xcolor_space.strip()
    base = source.mode.removesuffix("A").removesuffix("a").removesuffix("X")
    if space not in PLAIN or SPACES.get(base) != space:
        return source.convert("RGB")
    try:
        made = ImageCms.profileToProfile(
            source.convert(PLAIN[space]),
            profile,
            _srgb(),
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            "RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except ImageCms.PyCMSError:
        return source.convert("RGB")
    return made if made is not None else source.convert("RGB")


def _profile(source: Image.Image) -> ImageCms.ImageCmsProfile | None:
    # A profile that makes no sense is none: the numbers are taken for sRGB, as browsers do.
    data = source.info.get("icc_profile")
    if not data:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(data))
        described = ImageCms.getProfileDescription(profile).strip()
    except (OSError, ValueError, TypeError, ImageCms.PyCMSError):
        return None
    return None if described == "sRGB" or described.startswith(SAME) else profile


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
