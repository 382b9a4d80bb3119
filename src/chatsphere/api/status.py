"""Whether this server is well: for people, for load balancers, for Prometheus."""

from __future__ import annotations

import ipaddress

from flask import Blueprint, Response, request
from pydantic import BaseModel

from chatsphere import migrations
from chatsphere.api.endpoint import Reply, endpoint
from chatsphere.core.errors import Unauthenticated, Unavailable
from chatsphere.core.health import write_nothing
from chatsphere.http import metrics
from chatsphere.http.identity import house, who
from chatsphere.http.proxies import FORWARDED
from chatsphere.http.responses import Response as Answer

health = Blueprint("health", __name__)


class StatusOut(BaseModel):
    """What the API says of itself."""

    status: str


@endpoint("GET", "/status", open=True)
def status() -> Reply[StatusOut]:
    """Say that the API answers."""
    return Reply({"status": "OK"})


@health.get("/healthz")
def healthz() -> Response:
    """Alive: the process answers."""
    return _plain("alive\n")


@health.get("/readyz")
def readyz() -> Response:
    """Ready for requests: the database takes writes and has today's tables, and nobody has asked us to stop."""
    if house().draining:
        raise Unavailable("The server is about to stop.")
    house().chat.do(write_nothing)
    if not migrations.at_head(house().chat.engine):
        raise Unavailable("The database has not the tables of this version.")
    return _plain("ready\n")


@health.get("/metrics")
def prometheus() -> Response:
    """Counters, for whoever is on this very machine or has a token."""
    if not (_from_here() or _by_token()):
        raise Unauthenticated("Metrics are for this machine, or for whoever has a token.")
    return Answer(metrics.exposition(), content_type=metrics.CONTENT_TYPE)


def _from_here() -> bool:
    if request.environ.get(FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _by_token() -> bool:
    found = who()
    return found is not None and found.session.kind == "token"


def _plain(text: str) -> Response:
    return Answer(text, content_type="text/plain; charset=utf-8")
