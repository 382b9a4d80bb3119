"""The house that all scenes play in, who lives there, and a group of them who drink tea."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.house import House, command, served
from tests.conformance.people import API, PASSWORD, Person
from tests.conformance.verdicts import done


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The server, as it comes."""
    with served(tmp_path_factory.mktemp("conformance")) as house:
        yield house


@pytest.fixture(scope="session")
def _founded(town: House) -> Person:
    return town.newcomer("root")


@pytest.fixture
def root(_founded: Person) -> Person:
    """The first account, which is an administrator's."""
    return _founded.recent()


@pytest.fixture
def house(town: House, _founded: Person) -> Iterator[House]:
    """The server, for one scene; sockets that the scene opened are closed after it."""
    yield town
    town.sockets.close()


@pytest.fixture(scope="session")
def _cast(town: House, _founded: Person) -> dict[str, Person]:
    return {name: town.newcomer(name, display_name=name.capitalize()) for name in ("ada", "bo", "cy", "eve")}


@pytest.fixture
def ada(house: House, _cast: dict[str, Person]) -> Person:
    """Somebody like everybody; owns the tea."""
    return _cast["ada"].recent()


@pytest.fixture
def bo(house: House, _cast: dict[str, Person]) -> Person:
    """Somebody who comes to the tea."""
    return _cast["bo"].recent()


@pytest.fixture
def cy(house: House, _cast: dict[str, Person]) -> Person:
    """Somebody else who comes, and helps where a scene says so."""
    return _cast["cy"].recent()


@pytest.fixture
def eve(house: House, _cast: dict[str, Person]) -> Person:
    """A stranger to the tea."""
    return _cast["eve"].recent()


@pytest.fixture
def nobody(house: House) -> Person:
    """Somebody who is not signed in."""
    return house.visitor()


@pytest.fixture
def tea(ada: Person, bo: Person, cy: Person) -> str:
    """A new group, which Ada owns and where Bo and Cy are members."""
    return ada.gathers(bo, cy)


@pytest.fixture
def cy_is_admin(ada: Person, cy: Person, tea: str) -> None:
    """Cy helps with the tea."""
    done(ada.put(f"/conversations/{tea}/participants/{cy.id}", {"role": "admin"}))


@pytest.fixture
def pair(house: House) -> tuple[Person, Person, str]:
    """Two new people and the direct conversation that they have just started."""
    one, other = house.newcomer("dee"), house.newcomer("flo")
    return one, other, one.talks_to(other)


@pytest.fixture(scope="session")
def strict_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A server on https behind a proxy, with small limits, all of them on, and closed to strangers."""
    folder: Path = tmp_path_factory.mktemp("strict")
    settings = {"BASE_URL": "https://chat.example.org", "SIGNUP": "closed", "RATE_LIMITS": "on", "MAX_UPLOAD_MB": "1"}
    with served(folder, **settings) as house:
        yield house


@pytest.fixture(scope="session")
def warden(strict_house: House) -> Person:
    """A program of the strict house's administrator, whom only a shell can let in."""
    for name in ("warden", "inmate"):
        words = command(strict_house.folder, strict_house.settings, "user", "create", name, f"{name}@example.org")
        subprocess.run(words, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True, timeout=60)
    browser = strict_house.browser()
    answer = browser.post(f"{API}/sessions", json={"login": "warden", "password": PASSWORD})
    # The cookie is for https, which this client does not speak.
    cookie = {"Cookie": answer.headers["set-cookie"].partition(";")[0]}
    browser.cookies.clear()
    return Person(strict_house, browser, done(answer, 201)["user"]).program(headers=cookie)


@pytest.fixture(scope="session")
def cell(warden: Person) -> str:
    """A group in the strict house."""
    inmate = done(warden.get("/users", params={"query": "inmate"}))[0]["id"]
    return str(done(warden.post("/conversations", {"participants": [inmate], "title": "Cell"}), 201)["id"])
