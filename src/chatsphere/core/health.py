"""Whether the database takes writes: asked by whoever decides where requests go. And whether it keeps what it took."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, text, update

from chatsphere.core.chat import Tx
from chatsphere.core.database import connect
from chatsphere.core.phrases import phrase
from chatsphere.core.tables import meta

_ASKED = "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog')"


def write_nothing(tx: Tx) -> None:
    """A write that changes nothing: it fails where a real one would."""
    tx.execute(update(meta).where(meta.c.name == "epoch").values(value=meta.c.value))


def risks(engine: Engine) -> list[str]:
    """What may become of acknowledged messages, by the settings of a MariaDB or MySQL; SQLite is set by us."""
    if engine.dialect.name == "sqlite":
        return []
    with connect(engine) as connection:
        return risks_of({str(name): str(value) for name, value in connection.execute(text(_ASKED))})


def risks_of(values: Mapping[str, str]) -> list[str]:
    """One sentence for each setting by which a commit does not wait for the disk."""
    found: list[str] = []
    if values.get("innodb_flush_log_at_trx_commit") != "1":
        found.append(
            phrase(
                "innodb_flush_log_at_trx_commit is not 1:"
                " what was acknowledged in the last second is lost when the machine fails."
            )
        )
    # With a binary log it is that log's disk write which makes a commit last.
    if values.get("log_bin") == "ON" and values.get("sync_binlog") != "1":
        found.append(
            phrase(
                "There is a binary log, and sync_binlog is not 1:"
                " what was acknowledged last is lost when the machine fails."
            )
        )
    return found
