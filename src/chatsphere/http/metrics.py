"""What Prometheus may count here: requests by route and status, and how long they took."""

from __future__ import annotations

from flask import Flask, current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_KEY = "chatsphere.metrics"


class Metrics:
    """The counters of one app; a registry of its own, so that two apps in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("chatsphere_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "chatsphere_request_seconds", "Time to the first byte", ("route",), registry=self.registry
        )


def install(app: Flask) -> None:
    """Count from nothing."""
    app.extensions[_KEY] = Metrics()


def count(method: str, route: str, status: int, seconds: float) -> None:
    """One more request; `route` is the rule, never the path, so that there are only so many."""
    metrics: Metrics = current_app.extensions[_KEY]
    metrics.requests.labels(method, route, str(status)).inc()
    metrics.seconds.labels(route).observe(seconds)


def exposition() -> bytes:
    """All counters in Prometheus' own format."""
    metrics: Metrics = current_app.extensions[_KEY]
    return generate_latest(metrics.registry)
