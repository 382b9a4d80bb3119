"""The benchmark's quick form: every scenario runs, and what was sent has arrived everywhere, once and in order."""

from __future__ import annotations

import pytest

from bench.house import House
from bench.ledger import Ledger, Wrong
from bench.scenarios import SCENARIOS, Scenario, measure
from bench.sizes import QUICK
from bench.texts import LENGTH, number_in, text


@pytest.fixture(scope="module", autouse=True)
def scratch(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Worlds are kept for this module alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BENCH_DIR", str(tmp_path_factory.mktemp("bench")))
        yield


@pytest.mark.timeout(600)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_scenario_runs_and_everything_arrives(scenario: Scenario) -> None:
    results = measure(scenario, House("sqlite"), QUICK)
    assert results
    assert all(result.scenario == scenario.name and result.units > 0 for result in results)


@pytest.mark.timeout(600)
@pytest.mark.servers
def test_mariadb_and_redis_deliver_the_same() -> None:
    [talk] = [scenario for scenario in SCENARIOS if scenario.name == "workers"]
    assert measure(talk, House("mariadb", redis=True), QUICK)


def test_the_ledger_hears_of_what_is_lost_doubled_or_out_of_order() -> None:
    lost, doubled, turned = (Ledger(2, [1, 1]) for _ in range(3))
    hear = lost.ear()
    for number in (0, 1, 2):
        hear(number)
    with pytest.raises(Wrong, match="3 arrivals instead of 4"):
        lost.check()
    hear = doubled.ear()
    for number in (0, 1, 2, 2, 3):
        hear(number)
    with pytest.raises(Wrong, match="message 2 came after 2"):
        doubled.check()
    hear = turned.ear()
    for number in (2, 0, 1, 3):
        hear(number)
    with pytest.raises(Wrong, match="message 0 came after 2"):
        turned.check()


def test_a_text_has_its_length_and_tells_its_number() -> None:
    assert len(text(123456)) == LENGTH
    assert number_in(b'{"content":"' + text(123456).encode() + b'"}') == 123456
    assert number_in(b"no number") == -1
