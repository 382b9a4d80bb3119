"""Every setting: its name, its default, its one-line help. Read from the environment once; all faults named at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from platformdirs import user_data_path
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, ValidationError
from pydantic.fields import FieldInfo
from sqlalchemy import make_url

from chatsphere import checks, keys

PREFIX = "CHATSPHERE_"
_PAIRS = (
    ("google_client_id", "google_client_secret"),
    ("oidc_issuer", "oidc_client_id", "oidc_client_secret"),
    ("smtp_url", "mail_from"),
)


class SettingsError(Exception):
    """The settings cannot be used; `faults` holds one sentence for each reason."""

    def __init__(self, faults: Iterable[str]) -> None:
        """Keep every fault; the message joins them."""
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


def default_data_dir() -> Path:
    """`var/` in a checkout, else where this platform keeps a program's data."""
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file() and (checkout / "src" / "chatsphere").is_dir():
        return checkout / "var"
    return user_data_path("chatsphere", appauthor=False)


def _database_in(known: dict[str, Any]) -> str:
    return f"sqlite:///{known.get('data_dir', '')}/chatsphere.db"


def _storage_in(known: dict[str, Any]) -> str:
    return f"file://{known.get('data_dir', '')}/media"


def _split(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


Source = Literal["environment", "environment, from a file", ".env", ".env, from a file", "data folder", "default"]
"""Where a setting's value came from. What the command line says to `serve` is put into the environment."""


class Settings(BaseModel):
    """What one installation decides; frozen once read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", min_length=1, description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    base_url: Annotated[str, AfterValidator(checks.origin)] | None = Field(
        None, description="The address people type, such as https://chat.example.org."
    )
    data_dir: Annotated[Path, AfterValidator(checks.folder)] = Field(
        default_factory=default_data_dir, description="The folder for the database, media and keys."
    )
    database_url: Annotated[str, AfterValidator(checks.database_url)] = Field(
        default_factory=_database_in, repr=False, description="Where the log is kept: sqlite:///… or mysql+pymysql://…"
    )
    redis_url: Annotated[str, AfterValidator(checks.redis_url)] | None = Field(
        None, repr=False, description="A Redis for bells, presence, caches and limits shared by several processes."
    )
    storage_url: Annotated[str, AfterValidator(checks.storage_url)] = Field(
        default_factory=_storage_in, repr=False, description="Where pictures and files are kept: file:///… or s3://…"
    )
    secret_key: str = Field("", min_length=32, repr=False, description="What signs the pages' short-lived state.")
    signup: Literal["open", "invite", "closed"] = Field("open", description="Who may create an account.")
    rate_limits: bool = Field(True, description="Whether requests are limited; off only for load tests.")
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_split), AfterValidator(checks.networks)] = Field(
        (), description="Addresses or networks, comma-separated, whose X-Forwarded-* headers are believed."
    )
    max_upload_mb: int = Field(25, ge=1, le=4096, description="The largest file that may be sent, in MB.")
    max_pixels: int = Field(50_000_000, ge=10_000, le=500_000_000, description="The most pixels a picture may have.")
    link_previews: bool = Field(True, description="Whether the server looks at what links lead to, to show it.")
    google_client_id: str | None = Field(None, description="The client id that Google gave this installation.")
    google_client_secret: str | None = Field(None, repr=False, description="The secret that belongs to it.")
    oidc_issuer: Annotated[str, AfterValidator(checks.issuer)] | None = Field(
        None, description="The address of an OpenID Connect provider."
    )
    oidc_client_id: str | None = Field(None, description="The client id that this provider gave.")
    oidc_client_secret: str | None = Field(None, repr=False, description="The secret that belongs to it.")
    oidc_name: str | None = Field(None, max_length=40, description="What its button is called.")
    smtp_url: Annotated[str, AfterValidator(checks.smtp_url)] | None = Field(
        None, repr=False, description="The mail server: smtp://user:password@host:587 or smtps://…"
    )
    mail_from: Annotated[str, AfterValidator(checks.address)] | None = Field(
        None, description="The address that mail is sent from."
    )
    security_contact: Annotated[str, AfterValidator(checks.contact)] | None = Field(
        None, description="Whom to tell of a security hole, as mailto:… or https://…; else whoever sends the mail."
    )

    _sources: dict[str, Source] = PrivateAttr(default_factory=dict)

    @property
    def max_upload_bytes(self) -> int:
        """The upload limit in bytes."""
        return self.max_upload_mb * 1024 * 1024

    @property
    def secure(self) -> bool:
        """Whether people reach this server by https."""
        return self.base_url is not None and self.base_url.startswith("https://")

    @property
    def address(self) -> str:
        """What to type into a browser."""
        if self.base_url:
            return self.base_url
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound  # nosec B104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def cookie_name(self) -> str:
        """The session cookie's name; the prefix makes browsers insist on https and this very host."""
        return "__Host-chatsphere" if self.secure else "chatsphere"

    @property
    def flow_cookie(self) -> str:
        """The name of the cookie that carries a round trip to a provider."""
        return f"{self.cookie_name}-flow"

    def source(self, field: str) -> Source:
        """Where this field's value came from."""
        return self._sources.get(field, "default")

    def origins(self) -> frozenset[str]:
        """The origins whose pages are this server's own."""
        if self.base_url:
            return frozenset({self.base_url})
        return frozenset(f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))


def load(environment: Mapping[str, str] | None = None, dotenv: Path = Path(".env")) -> Settings:
    """The settings of this process, with the data folder made and the secret key in place; or SettingsError."""
    in_file, outside = _of_file(dotenv), os.environ if environment is None else environment
    spoken = {**in_file, **outside}
    given, faults = _gather(spoken)
    settings = _checked(given, faults)
    if settings is None or faults:
        raise SettingsError(sorted(faults))
    return _remembering(_at_home(settings), _sources(spoken, outside), made=not settings.secret_key)


def _sources(spoken: Mapping[str, str], outside: Mapping[str, str]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name in spoken:
        field, from_file = _field_of(name)
        if name.startswith(PREFIX) and spoken[name] != "":
            if name in outside:
                found[field] = "environment, from a file" if from_file else "environment"
            else:
                found[field] = ".env, from a file" if from_file else ".env"
    return found


def _remembering(settings: Settings, sources: dict[str, Source], *, made: bool) -> Settings:
    # Neither a field nor changed after this: the settings stay as they were read.
    settings._sources.update(sources | ({"secret_key": "data folder"} if made else {}))
    return settings


def _checked(given: Mapping[str, Any], faults: list[str]) -> Settings | None:
    """The settings, or None with what is wrong added to the faults."""
    try:
        return Settings(**given)
    except ValidationError as error:
        faults += [_sentence(fault["loc"], fault["msg"]) for fault in error.errors()]
        return None


def _of_file(dotenv: Path) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(dotenv).items() if value is not None}


def _gather(spoken: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values by field, secrets read from their files, and what is wrong with the names."""
    given: dict[str, Any] = {}
    faults: list[str] = []
    for name in sorted(name for name in spoken if name.startswith(PREFIX) and spoken[name] != ""):
        field, from_file = _field_of(name)
        if field not in Settings.model_fields:
            faults.append(f"{name} is not a setting; docs/configuration.md lists them all.")
        elif field in given:
            faults.append(f"{name} and its _FILE twin are both set; keep one.")
        else:
            try:
                given[field] = Path(spoken[name]).read_text(encoding="utf-8").strip() if from_file else spoken[name]
            except (OSError, UnicodeDecodeError):
                faults.append(f"{name} names a file that cannot be read: {spoken[name]}")
                given[field] = None
    return _without_unread(given), faults + _half(given)


def _field_of(name: str) -> tuple[str, bool]:
    field = name.removeprefix(PREFIX).lower()
    return (field.removesuffix("_file"), True) if field.endswith("_file") else (field, False)


def _without_unread(given: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in given.items() if value is not None}


def _half(given: Mapping[str, Any]) -> list[str]:
    """What was begun and not finished: a client id without its secret, say."""
    faults = [
        f"{PREFIX}{missing.upper()} is missing; it is needed with {', '.join(_named(pair & given.keys()))}."
        for pair in map(set, _PAIRS)
        if pair & given.keys()
        for missing in pair - given.keys()
    ]
    if "oidc_name" in given and "oidc_issuer" not in given:
        faults.append(f"{PREFIX}OIDC_NAME names a provider, but {PREFIX}OIDC_ISSUER is missing.")
    return faults


def _named(fields: Iterable[str]) -> list[str]:
    return sorted(f"{PREFIX}{field.upper()}" for field in fields)


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    """A fault as a person reads it; the value is left out, for it may be a secret."""
    return f"{PREFIX}{str(location[0]).upper()}: {message.removeprefix('Value error, ')}"


def _at_home(settings: Settings) -> Settings:
    """The same settings, with their folders made and a secret key."""
    try:
        for folder in (settings.data_dir, *_folder_of(settings.database_url)):
            folder.mkdir(parents=True, exist_ok=True)
        if settings.secret_key:
            return settings
        return settings.model_copy(update={"secret_key": keys.kept(settings.data_dir / "secret_key")})
    except OSError as error:
        raise SettingsError([f"{PREFIX}DATA_DIR: {error.filename} cannot be used ({error.strerror})."]) from error


def _folder_of(database_url: str) -> list[Path]:
    url = make_url(database_url)
    return [Path(url.database).parent] if url.drivername == "sqlite" and url.database else []


def fields() -> dict[str, FieldInfo]:
    """Every setting by the name it has in the environment, for documents and tests."""
    return {f"{PREFIX}{name.upper()}": field for name, field in Settings.model_fields.items()}
