"""The decoders, shared by the tests that do them no harm."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chatsphere.outside.images import Images, Prepared
from tests.outside.pictures import kept

PIXELS = 50_000_000


@pytest.fixture(scope="session")
def images() -> Iterator[Images]:
    """Two decoders."""
    with_two = Images()
    yield with_two
    with_two.close()


@pytest.fixture
def prepare(images: Images, tmp_path: Path) -> Callable[..., Prepared]:
    """Prepare bytes as if they had been uploaded under a name."""

    def prepare(data: bytes, name: str = "upload", max_pixels: int = PIXELS) -> Prepared:
        return images.prepare(kept(tmp_path, data, name), max_pixels=max_pixels)

    return prepare
