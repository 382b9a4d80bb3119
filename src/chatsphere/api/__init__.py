"""The data door: /api/v1, one file per noun, each a thin translation to the core and back."""

from __future__ import annotations

from flask import Blueprint

from chatsphere.api import (  # noqa: F401 -- importing a noun registers its endpoints
    contacts,
    conversations,
    docs,
    drafts,
    edits,
    events,
    files,
    forwards,
    gallery,
    messages,
    participants,
    pins,
    previews,
    privacy,
    reactions,
    replies,
    reports,
    score,
    search,
    sessions,
    status,
    tokens,
    uploads,
    users,
)
from chatsphere.api.endpoint import registered

PREFIX = "/api/v1"


def blueprint() -> Blueprint:
    """Every operation of the API at its address."""
    api = Blueprint("api", __name__, url_prefix=PREFIX)
    for one in registered:
        api.add_url_rule(one.rule, one.name, one.route, methods=[one.method])
    docs.add_to(api)
    return api


def health() -> Blueprint:
    """What stands beside the API, where load balancers look for it."""
    return status.health
