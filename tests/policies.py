"""What every answer must carry, whoever gives it; the one place where the suite says so."""

from __future__ import annotations

from collections.abc import Mapping

ALWAYS = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
DIRECTIVES = {
    "default-src": {"'none'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "blob:"},
    "connect-src": {"'self'"},
    "font-src": {"'self'"},
    "manifest-src": {"'self'"},
    "worker-src": {"'self'"},
    "media-src": {"'self'", "blob:"},
    "form-action": {"'self'"},
    "base-uri": {"'none'"},
    "frame-ancestors": {"'none'"},
    "require-trusted-types-for": {"'script'"},
    "trusted-types": {"chatsphere"},
}


def faults(headers: Mapping[str, str], status: int, *, is_static: bool = False) -> list[str]:
    """What is missing from an answer, or more than may be."""
    said = {name.lower(): value for name, value in headers.items()}
    found = [f"{name} is {said.get(name)}" for name, value in ALWAYS.items() if said.get(name) != value]
    found += _in_content(said.get("content-security-policy", ""))
    if said.get("referrer-policy") not in ("same-origin", "no-referrer"):
        found.append(f"referrer-policy is {said.get('referrer-policy')}")
    permissions = said.get("permissions-policy", "")
    if "camera=()" not in permissions or "publickey-credentials-get=(self)" not in permissions:
        found.append(f"permissions-policy is {permissions}")
    kept = said.get("cache-control", "")
    if kept != "no-store" and not is_static and not (status in (200, 206, 304) and kept == "private, no-cache"):
        found.append(f"cache-control is {kept}")
    if not said.get("x-request-id"):
        found.append("x-request-id is missing")
    if status in (429, 503) and not said.get("retry-after", "").isdigit():
        found.append("retry-after is missing")
    if said.keys() & {"server", "x-powered-by", "access-control-allow-origin"}:
        found.append("says what nobody asked for")
    return found


def _in_content(policy: str) -> list[str]:
    """A page's policy; a file's is stricter, and says so by `sandbox`."""
    parts = {part.split()[0]: set(part.split()[1:]) for part in policy.split(";") if part.strip()}
    if "sandbox" in parts and "default-src" in parts:
        return []
    scripts = {source for source in parts.pop("script-src", set()) if not source.startswith("'nonce-")}
    if parts == DIRECTIVES and scripts == {"'self'"}:
        return []
    return [f"content-security-policy is {policy}"]
