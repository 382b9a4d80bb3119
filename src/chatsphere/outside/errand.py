"""Errands: a few requests to a server that is not ours, bounded in time and size, that are led nowhere else."""

from __future__ import annotations

import io
import time
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

LOOPBACK = ("localhost", "127.0.0.1", "::1")
PATIENCE = 10.0
"""Seconds for all requests of one errand together."""
_SILENCE = 5.0
_MOST_BYTES = 512 * 1024
_PIECE = 16 * 1024


class Unfit(requests.RequestException):
    """The address or the answer is not one that we take."""


def fits(url: str, *, plain: bool) -> bool:
    """Whether we ask there: by https, or where `plain` allows it by http on this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username is not None or not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (plain and parts.scheme == "http" and host in LOOPBACK)


class Bounded(HTTPAdapter):
    """Sends requests within the bounds of one errand that begins now."""

    def __init__(self, *, plain: bool, patience: float = PATIENCE) -> None:
        super().__init__(max_retries=0)
        self._plain = plain
        self._until = time.monotonic() + patience

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        """Send it, and read the answer as far as it may go; raises requests.RequestException."""
        left = self._until - time.monotonic()
        if left <= 0 or not fits(request.url or "", plain=self._plain):
            raise Unfit(request=request)
        request.headers["Accept-Encoding"] = "identity"
        response = super().send(
            request, stream=True, timeout=min(left, _SILENCE), verify=verify, cert=cert, proxies=proxies
        )
        with response.raw as raw:
            if raw.headers.get("Content-Encoding", "identity") != "identity":
                raise Unfit(request=request)
            response.raw = io.BytesIO(self._read(raw))
        return response

    def _read(self, raw: Any) -> bytes:
        body = bytearray()
        # Not all at once: that would wait for the last byte however slowly they come.
        while piece := raw.read1(_PIECE):
            body += piece
            if len(body) > _MOST_BYTES or time.monotonic() > self._until:
                raise Unfit
        return bytes(body)


def bound(session: requests.Session, *, plain: bool, patience: float = PATIENCE) -> requests.Session:
    """The session, with all that it asks within the bounds of one errand; a redirect is an error."""
    session.max_redirects = 0
    adapter = Bounded(plain=plain, patience=patience)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session
