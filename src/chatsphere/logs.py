"""The log: JSON lines with a request's id and numbers; never what people wrote, nor what lets them in."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from threading import Lock
from typing import Any

import structlog

_PRIVATE = frozenset(
    {"password", "token", "secret", "cookie", "authorization", "content", "html", "email", "link", "body"}
)


def setup(level: int = logging.INFO) -> None:
    """Send every line, the libraries' too, to standard error: for machines as JSON, for a terminal in colour."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        leave_out_private,
    ]
    rendering = _rendering()
    # Our own lines go straight out: through the library's records a request's would take three times as long.
    structlog.configure(
        processors=[*shared, *rendering],
        logger_factory=_Lines,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    foreign = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=foreign))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("uvicorn", "uvicorn.error", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


class _Lines:
    """Writes lines to standard error, one at a time, under the name of whoever logs."""

    def __init__(self, name: str) -> None:
        self.name = name

    def msg(self, message: str) -> None:
        """Write a line; nobody who had something to say fails because nobody reads it."""
        with _one_at_a_time, suppress(OSError, ValueError):
            sys.stderr.write(f"{message}\n")
            sys.stderr.flush()

    log = debug = info = warning = error = critical = exception = msg


_one_at_a_time = Lock()


def leave_out_private(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what must never be kept, whoever put it there."""
    for name in _PRIVATE & line.keys():
        del line[name]
    return line


def _rendering() -> list[structlog.typing.Processor]:
    if sys.stderr.isatty():
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(timestamp_key="at", exception_formatter=plain)]
    # Plain tracebacks: the structured ones carry local variables, and with them what people wrote.
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(_written)]


_encode = json.JSONEncoder(default=repr).encode


def _written(line: Any, **_encoder: Any) -> str:
    """A line as JSON, or without what cannot be said; structlog's way makes an encoder for each."""
    try:
        return _encode(line)
    except Exception as error:  # noqa: BLE001 - nobody who had something to say fails because of how
        return _encode(
            {name: str(line.get(name)) for name in ("at", "level", "logger", "event")} | {"unsaid": str(error)}
        )
