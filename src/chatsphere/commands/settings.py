"""`chatsphere settings`: what is set, and by what."""

from __future__ import annotations

import click

from chatsphere.disclosure import disclose
from chatsphere.terminal import read_settings


@click.command()
def settings() -> None:
    """Show every setting, its value and where that came from; of secrets only whether they are set."""
    for one in disclose(read_settings()):
        click.echo(f"{one.name}\t{one.value}\t{one.source}")
