"""Everything that one process holds, built once from its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Condition, Event

from chatsphere import migrations, shapes
from chatsphere.core.chat import Chat, Committed
from chatsphere.core.database import open_engine
from chatsphere.core.forms import Forms
from chatsphere.outside.bus import Bus, open_bus
from chatsphere.outside.fetch import Client
from chatsphere.outside.images import Images, open_images
from chatsphere.outside.mail import Mail, open_mail
from chatsphere.outside.memory import Memory, open_memory
from chatsphere.outside.openid import Provider, open_providers
from chatsphere.outside.storage import Storage, open_storage
from chatsphere.settings import Settings


class Nudge:
    """Wakes everybody who waits for work; one that comes while somebody is busy is not lost to them."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._given = 0

    def give(self) -> None:
        """There is work."""
        with self._changed:
            self._given += 1
            self._changed.notify_all()

    def wait(self, heard: int, seconds: float) -> int:
        """Wait for one after those that were heard, or for so long; returns how many there have been."""
        with self._changed:
            self._changed.wait_for(lambda: self._given != heard, seconds)
            return self._given


@dataclass
class House:
    """The parts of a running ChatSphere.

    `draining` says that it is about to stop, `woken` that the sweep has work, `wanted` that job runners have.
    """

    settings: Settings
    chat: Chat
    storage: Storage
    images: Images
    bus: Bus
    memory: Memory
    mail: Mail
    providers: dict[str, Provider]
    fetch: Client
    forms: Forms
    draining: bool = False
    woken: Event = field(default_factory=Event)
    wanted: Nudge = field(default_factory=Nudge)

    @property
    def arriving(self) -> Path:
        """Where files lie until they are stored; what a crash leaves here the sweep finds."""
        return self.settings.data_dir / "arriving"

    def close(self) -> None:
        """Finish what was begun and let go of everything."""
        self.chat.close()
        self.images.close()
        self.memory.close()


def open_house(settings: Settings) -> House:
    """A house whose database stands at the newest migration."""
    engine = open_engine(settings.database_url)
    migrations.upgrade(engine)
    memory = open_memory(settings)
    house = House(
        settings=settings,
        chat=Chat(engine, memory=memory, secret=settings.secret_key.encode(), previews=settings.link_previews),
        storage=open_storage(settings),
        images=open_images(settings),
        bus=open_bus(settings),
        memory=memory,
        mail=open_mail(settings),
        providers=open_providers(settings),
        fetch=Client(),
        forms=Forms(shapes.message_form),
    )
    house.arriving.mkdir(mode=0o700, parents=True, exist_ok=True)
    house.chat.on_commit(lambda news: _wake(house, news))
    house.chat.on_commit(house.forms.hear)
    return house


def _wake(house: House, news: Committed) -> None:
    if news.files:
        house.woken.set()
    if news.jobs:
        house.wanted.give()
