"""`python -m tests.browser.frozen serve`: a ChatSphere for which it is always the same moment."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

from chatsphere.cli import main
from chatsphere.core.chat import Chat

END = datetime(2025, 11, 20, 18, 30, tzinfo=UTC)
"""When the demo's world ends; whoever looks at it does so two minutes later."""
NOW = END + timedelta(minutes=2)

if __name__ == "__main__":
    (Chat.__init__.__kwdefaults__ or {})["clock"] = lambda: NOW
    sys.exit(main())
