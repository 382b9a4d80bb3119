"""The `chatsphere` command. Whatever goes wrong is a sentence on standard error and a status, never a traceback."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatsphere import __version__, logs, migrations
from chatsphere.commands.audit import audit
from chatsphere.commands.invitation import invitation
from chatsphere.commands.retention import retention
from chatsphere.commands.second_factor import second_factor
from chatsphere.commands.settings import settings as show_settings
from chatsphere.commands.storage import storage
from chatsphere.commands.user import user
from chatsphere.terminal import MISCONFIGURED, chat, database, read_settings, sentences, stop

if TYPE_CHECKING:
    from chatsphere.settings import Settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="chatsphere")
def main() -> None:
    """Serve and look after a ChatSphere."""


for command in (user, invitation, second_factor, storage, retention, show_settings, audit):
    main.add_command(command)


@main.command()
@click.option("--host", help="Listen on this address instead of CHATSPHERE_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Listen on this port instead of CHATSPHERE_PORT.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes answer.")
def serve(host: str | None, port: int | None, workers: int) -> None:
    """Bring the database up to date, then serve until told to stop."""
    from chatsphere import serving  # the other commands start faster without a server

    for name, value in (("CHATSPHERE_HOST", host), ("CHATSPHERE_PORT", port)):
        if value is not None:
            os.environ[name] = str(value)  # where every worker looks
    settings = read_settings()
    if workers > 1 and settings.redis_url is None:
        stop("Several processes need a Redis to hear of each other: set CHATSPHERE_REDIS_URL.", MISCONFIGURED)
    logs.setup()
    if not settings.rate_limits:
        click.secho("CHATSPHERE_RATE_LIMITS is off: anybody may try any number of passwords.", err=True, bold=True)
    _migrate(settings)
    _warn(settings)
    try:
        listener = serving.listen(settings.host, settings.port)
    except OSError as error:
        stop(f"Cannot listen on {settings.host} port {settings.port}: {error.strerror or error}.")
    _greet(settings)
    sys.exit(serving.run(settings, listener, workers))


@main.command()
def migrate() -> None:
    """Bring the database's tables to this version; does nothing where they are."""
    _migrate(read_settings())
    click.echo("The database is up to date.")


@main.command()
def demo() -> None:
    """Fill an empty installation with a believable world."""
    from chatsphere import demo as world
    from chatsphere.house import open_house

    settings = read_settings()
    _migrate(settings)
    with sentences():
        house = open_house(settings)
        try:
            world.fill(house, click.echo)
        finally:
            house.close()


@main.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def backup(path: Path) -> None:
    """Write every table and every file into the new archive PATH, while the server runs or not."""
    from chatsphere import archive
    from chatsphere.outside.storage import open_storage

    settings = read_settings()
    with sentences(), database(settings) as engine:
        manifest = archive.back_up(engine, open_storage(settings), path)
    click.echo(f"{path}: {_contents(manifest)}.")


@main.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Only read the archive and compare every digest.")
def restore(path: Path, check: bool) -> None:
    """Bring the archive PATH back into an empty installation."""
    from chatsphere import archive
    from chatsphere.outside.storage import open_storage

    settings = read_settings()
    with sentences(), database(settings, current=False) as engine:
        manifest = archive.check(path) if check else archive.restore(engine, open_storage(settings), path)
    click.echo(f"{'Whole' if check else 'Restored'}: {_contents(manifest)}, as of {manifest['made_at']}.")


@main.command()
def doctor() -> None:
    """Look at everything this installation stands on; exits 1 if something is not well."""
    from chatsphere.doctor import examine

    well = True
    for finding in examine(read_settings()):
        mark = click.style("✓", fg="green") if finding.well else click.style("✗", fg="red", bold=True)
        words = f"{finding.words[:-1]}: {finding.cause}." if finding.cause else finding.words
        click.echo(f"{mark} {finding.what}: {words}")
        well = well and finding.well
    sys.exit(0 if well else 1)


def _greet(settings: Settings) -> None:
    """While nobody is here, show what the first one needs who does not sit at this machine; it is never logged."""
    from chatsphere.core import people

    with chat(settings) as opened:
        if opened.ask(people.nobody):
            code = opened.ask(people.first_code)
            click.echo(
                f"Nobody is here yet. The first account is made on the page; from another machine with the code {code}"
            )


def _warn(settings: Settings) -> None:
    """Name what the database's own settings put at risk: acknowledged means that the disk was asked."""
    from chatsphere.core import health

    with sentences(), database(settings) as engine:
        for risk in health.risks(engine):
            click.secho(f"The database does not wait for the disk. {risk}", err=True, bold=True)


def _migrate(settings: Settings) -> None:
    with sentences(), database(settings, current=False) as engine:
        migrations.upgrade(engine)


def _contents(manifest: dict[str, dict[str, dict[str, int]]]) -> str:
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return f"{rows:,} rows and {manifest['media']['count']:,} files"
