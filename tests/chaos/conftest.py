"""The stages of the storms, and what the storms counted. `make chaos` has their full form, over CHAOS messages each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.chaos.crowd import Crowd
from tests.chaos.stage import FULL, Stage, open_stage
from tests.conftest import COUNTED
from tests.services import running_mariadb, running_redis

Tally = Callable[..., None]


@pytest.fixture(scope="session")
def full() -> bool:
    """Whether the full form runs, or the short one that belongs to the suite."""
    return FULL is not None


@pytest.fixture
def tally(request: pytest.FixtureRequest, full: bool) -> Tally:
    """Says at the end of the run what was counted: `tally(crowd, kills=60)`."""

    def tell(crowd: Crowd | None = None, **counts: object) -> None:
        told = {**(crowd.counts() if crowd else {}), **counts}
        what = ", ".join(f"{name.replace('_', ' ')} {_plain(count)}" for name, count in told.items())
        line = f"{request.node.name} ({'full' if full else 'short'}): {what}"
        request.node.user_properties.append((COUNTED, line))

    return tell


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Stage]:
    """One process on SQLite."""
    stage = open_stage(tmp_path_factory.mktemp("alone"), full)
    yield stage
    stage.site.stop()


@pytest.fixture(scope="session")
def several(tmp_path_factory: pytest.TempPathFactory, full: bool) -> Iterator[Stage]:
    """Two workers on a MariaDB that waits for the disk, and a Redis."""
    with running_mariadb(innodb_flush_log_at_trx_commit=1) as mariadb, running_redis() as redis:
        stage = open_stage(tmp_path_factory.mktemp("several"), full, mariadb, redis)
        yield stage
        stage.site.stop()


def _plain(count: object) -> str:
    return f"{count:,.2f}" if isinstance(count, float) else f"{count:,}" if isinstance(count, int) else str(count)
