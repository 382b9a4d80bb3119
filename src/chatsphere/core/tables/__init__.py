"""Every table. `events` is the truth; `projection.py` alone writes the tables that follow from it.

There are no foreign keys: the log decides what exists, and on MySQL each of them would lock a parent row per insert.
"""

from chatsphere.core.tables.answers import edits, pins, reactions
from chatsphere.core.tables.columns import metadata
from chatsphere.core.tables.house import audit, invitations, jobs, meta, reports, retentions, rules
from chatsphere.core.tables.people import (
    authenticators,
    challenges,
    contacts,
    devices,
    identities,
    links,
    passkeys,
    recovery_codes,
    sessions,
    users,
)
from chatsphere.core.tables.previews import previews
from chatsphere.core.tables.talk import (
    attachments,
    conversations,
    events,
    files,
    marks,
    messages,
    participants,
    renditions,
    tombstones,
)
from chatsphere.core.tables.writing import drafts, pieces, uploads

__all__ = [
    "attachments",
    "audit",
    "authenticators",
    "challenges",
    "contacts",
    "conversations",
    "devices",
    "drafts",
    "edits",
    "events",
    "files",
    "identities",
    "invitations",
    "jobs",
    "links",
    "marks",
    "messages",
    "meta",
    "metadata",
    "participants",
    "passkeys",
    "pieces",
    "pins",
    "previews",
    "reactions",
    "recovery_codes",
    "renditions",
    "reports",
    "retentions",
    "rules",
    "sessions",
    "tombstones",
    "uploads",
    "users",
]
