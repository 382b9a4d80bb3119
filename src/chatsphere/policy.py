"""The policy that every answer carries, whoever gives it: Flask, or what stands before it and refuses."""

from __future__ import annotations

import json
import secrets

_CONTENT = (
    "default-src 'none'; script-src 'self'{nonce}; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; manifest-src 'self'; worker-src 'self'; media-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types chatsphere"
)
_PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), "
    "idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=()"
)
ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    # Not no-referrer: under it browsers send `Origin: null` with our own forms.
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", _PERMISSIONS),
)
# Without includeSubDomains: what else there is on this domain is not ours to decide.
HTTPS_ONLY = ("Strict-Transport-Security", "max-age=31536000")

Headers = list[tuple[bytes, bytes]]


def content_security_policy(nonce: str = "") -> str:
    """What a page may do; scripts in it are allowed by its nonce, and only where a page asked for one."""
    return _CONTENT.format(nonce=f" 'nonce-{nonce}'" if nonce else "")


def refusal(status: int, title: str, detail: str, kind: str = "about:blank", **more: str) -> tuple[Headers, bytes]:
    """A problem that is told without Flask: its headers, policy and all, and its body."""
    body = json.dumps({"type": kind, "title": title, "status": status, "detail": detail, **more}).encode()
    said = (
        ("content-type", "application/problem+json"),
        ("content-length", str(len(body))),
        ("cache-control", "no-store"),
        ("content-security-policy", content_security_policy()),
        *ALWAYS,
        ("x-request-id", more.get("request_id") or secrets.token_hex(8)),
    )
    return [(name.lower().encode(), value.encode()) for name, value in said], body
