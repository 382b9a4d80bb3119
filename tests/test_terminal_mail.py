"""Without a mail server: a letter is shown in the terminal of `chatsphere serve`, and is in no log."""

from __future__ import annotations

import json
import re
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from tests.services import Server, free_port


class Terminal:
    """A served ChatSphere whose output and log are apart, as whoever runs it may have them."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url, self.log, self._shown = f"http://127.0.0.1:{port}", folder / "log", folder / "output"
        serve = f"exec {sys.executable} -m chatsphere serve --port {port} 2>{self.log}"
        # A terminal of its own, which is copied to the output.
        shows = [sys.executable, "-c", "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)", "sh", "-c", serve]
        self.server = Server(["env", f"CHATSPHERE_DATA_DIR={folder}", *shows], self._answers, folder)

    def shown(self) -> str:
        """What the terminal shows by now."""
        return self._shown.read_text()

    def sends(self, path: str, **form: str) -> int:
        """Send a form; the status of where it leads."""
        data = urllib.parse.urlencode(form).encode()
        with urllib.request.urlopen(f"{self.url}{path}", data, timeout=10) as answer:  # noqa: S310 - our own server
            return int(answer.status)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:  # noqa: S310 - our own server
                return bool(answer.status == 200)
        except OSError:
            return False


def test_a_letter_is_in_the_terminal_and_in_no_log(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.server.start()
    try:
        new = {"user_name": "ada", "email": "ada@example.org", "password": "seven purple lanterns"}
        body = json.dumps(new).encode()
        asked = urllib.request.Request(  # noqa: S310 - our own server
            f"{terminal.url}/api/v1/users", body, {"Content-Type": "application/json"}
        )
        urllib.request.urlopen(asked, timeout=10).close()  # noqa: S310 - our own server
        assert terminal.sends("/forgot", login="ada") == 200
        terminal.server.wait_for(lambda: "/reset/" in terminal.shown())
    finally:
        terminal.server.stop()
    shown, log = terminal.shown(), terminal.log.read_text()
    assert "To: ada@example.org" in shown
    tokens = re.findall(r"/(?:reset|confirm-email)/([\w-]{43})", shown)
    assert len(tokens) == 2
    assert '"route": "/forgot"' in log
    for secret in (*tokens, "ada@example.org"):
        assert secret not in log
