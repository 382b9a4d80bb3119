"""The log: JSON lines with a request's id and numbers; never what people wrote, nor what lets them in."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
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
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        leave_out_private,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_rendering()))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for noisy in ("uvicorn", "uvicorn.error", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def leave_out_private(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what must never be kept, whoever put it there."""
    for name in _PRIVATE & line.keys():
        del line[name]
    return line


def _rendering() -> list[structlog.typing.Processor]:
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if sys.stderr.isatty():
        plain = structlog.dev.plain_traceback
        return [clean, structlog.dev.ConsoleRenderer(timestamp_key="at", exception_formatter=plain)]
    # Plain tracebacks: the structured ones carry local variables, and with them what people wrote.
    return [clean, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
