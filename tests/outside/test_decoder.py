"""The decoder: a process of its own, which may be killed, hang or grow too large without anybody else noticing."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from chatsphere.outside.images import Busy, Images, NotAPicture, Prepared
from tests.outside.conftest import PIXELS
from tests.outside.pictures import (
    CANARY,
    kept,
    saved,
    scene,
)

Prepare = Callable[..., Prepared]


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
