"""`chatsphere second-factor`: who has to have one."""

from __future__ import annotations

from typing import get_args

import click

from chatsphere.core import rules
from chatsphere.core.rules import SecondFactor
from chatsphere.terminal import chat, read_settings

_SAID: dict[SecondFactor, str] = {
    "optional": "Nobody has to have a second factor.",
    "admins": "Administrators have to have a second factor. Who has none can only set one up.",
    "everybody": "Everybody has to have a second factor. Who has none can only set one up.",
}


@click.command(name="second-factor")
@click.argument("who", required=False, type=click.Choice(get_args(SecondFactor)))
def second_factor(who: SecondFactor | None) -> None:
    """Say who has to have a second factor, or decide it: optional (nobody), admins or everybody."""
    with chat(read_settings()) as opened:
        if who is not None:
            opened.do(rules.require_second_factor, None, who)
        holds = opened.ask(rules.second_factor)
    click.echo(_SAID[holds])
