"""Hashes: what is kept of a token, wherever one is told once and known again later."""

from __future__ import annotations

import hashlib


def of_token(token: str) -> bytes:
    """Its SHA-256, 32 bytes: enough for what has 256 random bits, which nobody guesses."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
