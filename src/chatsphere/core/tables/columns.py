"""What all tables are made of: the kinds of columns that hide how databases differ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import LargeBinary, MetaData, String, Text
from sqlalchemy.dialects import mysql
from sqlalchemy.types import BINARY, TypeEngine

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

MYSQL: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin"}


def long_text() -> TypeEngine[str]:
    """Text longer than MySQL's TEXT (64 KiB)."""
    return Text().with_variant(mysql.MEDIUMTEXT(), "mysql")


def ascii_text(length: int) -> TypeEngine[str]:
    """Text of ASCII characters, compared byte by byte."""
    return String(length).with_variant(mysql.VARCHAR(length, charset="ascii", collation="ascii_bin"), "mysql")


def digest() -> TypeEngine[bytes]:
    """A SHA-256, or two ids side by side: 32 bytes."""
    return LargeBinary(32).with_variant(BINARY(32), "mysql")


def few_bytes(most: int) -> TypeEngine[bytes]:
    """At most so many bytes, kept in the row itself."""
    return LargeBinary(most).with_variant(mysql.VARBINARY(most), "mysql")
