"""From a link to its card, through a whole house on an Internet of the suite's own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from chatsphere import jobs, sweep
from chatsphere.core import files, previews
from chatsphere.core.values import Message, Preview
from chatsphere.house import House, open_house
from chatsphere.settings import Settings
from tests.cast import Cast, gather
from tests.internet import Internet, answer, open_internet

PAGE = """<title>Tea</title><meta property="og:description" content="All about it">
<meta property="og:image" content="/leaf.jpg">"""


@pytest.fixture
def internet(tmp_path: Path) -> Iterator[Internet]:
    """One for each scene."""
    with open_internet(tmp_path) as internet:
        yield internet


@pytest.fixture
def house(make_settings: Callable[..., Settings], internet: Internet) -> Iterator[House]:
    """A house that goes out to it."""
    opened = open_house(make_settings())
    opened.fetch = internet.client()
    yield opened
    opened.close()


@pytest.fixture
def people(house: House) -> Cast:
    return gather(house.chat)


def _picture() -> bytes:
    image, data = Image.radial_gradient("L").convert("RGB").resize((400, 300)), io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "whoever made it"
    image.save(data, "JPEG", exif=exif, comment=b"a secret")
    return data.getvalue()


def _looked(house: House, people: Cast, link: str, during: Callable[[str, Message], None] | None = None) -> Message:
    """Ada says it, the job looks; how it then is for Bo."""
    tea = people.ada.starts(people.bo)
    said = people.ada.says(link, to=tea)
    if during:
        during(tea, said)
    while jobs.once(house, [previews.KIND]):
        pass
    return people.bo.reads_page(tea)[-1]


def test_a_page_is_shown_with_its_title_and_a_picture_of_our_own_making(
    house: House, people: Cast, internet: Internet
) -> None:
    internet.page("http://example.org/tea", answer(PAGE))
    internet.page("http://example.org/leaf.jpg", answer(_picture(), "image/jpeg"))
    message = _looked(house, people, "see http://example.org/tea")
    [found] = message.previews
    assert (found.state, found.site, found.title, found.description) == ("ready", "example.org", "Tea", "All about it")
    assert found.image is not None
    assert (found.image.width, found.image.height) == (400, 300)
    kept = b"".join(house.storage.read(files.key(found.image.id)))
    assert b"secret" not in kept
    assert b"whoever" not in kept
    people.ada.takes_back(message, of=message.conversation_id)
    assert sweep.tidy(house) == 1
    assert list(house.storage.keys()) == []


def test_a_picture_by_itself_is_a_card_too(house: House, people: Cast, internet: Internet) -> None:
    internet.page("http://example.org/a%20leaf.jpg", answer(_picture(), "image/jpeg"))
    [found] = _looked(house, people, "http://example.org/a%20leaf.jpg").previews
    assert (found.title, found.image is None) == ("a leaf.jpg", False)


@pytest.mark.parametrize(
    "picture",
    [
        answer("<svg onload='alert(1)'/>", "image/svg+xml"),
        answer("GIF89a nothing", "image/gif"),
        answer("", status="404 Not Found"),
        answer(b"\xff\xd8" + b"0" * (2 << 20), "image/jpeg"),
        answer("", "image/png", "302 Found", "Location: http://inside.example/"),
    ],
)
def test_a_page_whose_picture_is_none_is_shown_without(
    house: House, people: Cast, internet: Internet, picture: bytes
) -> None:
    internet.page("http://example.org/tea", answer(PAGE))
    internet.page("http://example.org/leaf.jpg", picture)
    internet.name("inside.example", ["10.0.0.1"])
    [found] = _looked(house, people, "http://example.org/tea").previews
    assert (found.title, found.image) == ("Tea", None)
    assert list(house.storage.keys()) == []
    assert list(house.arriving.iterdir()) == []


@pytest.mark.parametrize(
    "link", ["http://nobody.example/", "http://example.org/none", "http://127.0.0.1/", "http://[::1]/"]
)
def test_what_is_no_page_of_the_internet_is_shown_nowhere(
    house: House, people: Cast, internet: Internet, link: str
) -> None:
    internet.page("http://example.org/tea", answer(PAGE))
    internet.name("127.0.0.1", ["127.0.0.1"])
    internet.name("[::1]", ["::1"])
    assert _looked(house, people, link).previews == ()
    assert not any(address in ("127.0.0.1", "::1") for address, _ in internet.dialled)


def test_a_message_that_goes_while_it_is_looked_at_leaves_nothing(
    house: House, people: Cast, internet: Internet
) -> None:
    where: list[tuple[str, Message]] = []

    def says(_head: str) -> list[bytes]:
        for tea, said in where:
            people.ada.takes_back(said, of=tea)
        return [answer(PAGE.replace("/leaf.jpg", ""))]

    internet.name("example.org")
    internet.serve(says)
    assert _looked(house, people, "http://example.org/", lambda tea, said: where.append((tea, said))).previews == ()
    assert [event.kind for event in people.bo.hears(where[0][0])][-1] == "message.deleted"


def test_where_nobody_shall_be_asked_nobody_is(
    make_settings: Callable[..., Settings], sqlite_url: str, internet: Internet
) -> None:
    house = open_house(make_settings(database_url=sqlite_url, link_previews=False))
    house.fetch = internet.client()
    people = gather(house.chat)
    tea = people.ada.starts(people.bo)
    assert people.ada.says("http://example.org/tea", to=tea).previews == ()
    assert not jobs.once(house, [previews.KIND])
    assert internet.looked == []
    house.close()


def test_what_was_waited_for_when_it_was_turned_off_is_not_looked_at(
    make_settings: Callable[..., Settings], sqlite_url: str, internet: Internet
) -> None:
    house = open_house(make_settings(database_url=sqlite_url))
    people = gather(house.chat)
    tea = people.ada.starts(people.bo)
    assert people.ada.says("http://example.org/tea", to=tea).previews == (Preview("http://example.org/tea", "waiting"),)
    house.close()
    house = open_house(make_settings(database_url=sqlite_url, link_previews=False))
    house.fetch = internet.client()
    assert jobs.once(house, [previews.KIND])
    assert internet.looked == []
    house.close()
