"""The log: our lines and the libraries' look alike, and who logs goes on whether anybody reads or not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

SCRIPT = """
import logging, sys, structlog
from chatsphere import logs
logs.setup()
ours = structlog.get_logger("chatsphere.http")
if "alone" in sys.argv:
    sys.stdin.read()
ours.debug("unheard")
ours.info("request", status=200, token="let me in", odd={1}, words="caf\u00e9")
logging.getLogger("library").warning("took %s", 3)
try:
    raise LookupError("lost")
except LookupError:
    ours.exception("failed")
if "unsayable" in sys.argv:
    ours.info("request", token="let me in", odd={(1, 2): 3})
print("went on")
"""


def test_lines_are_json_with_a_level_a_name_and_a_moment_and_without_what_lets_anybody_in() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, text=True)
    request, library, failed = map(json.loads, run.stderr.splitlines())
    for line in (request, library, failed):
        assert line.pop("at").endswith("Z")
    assert request == {
        "event": "request",
        "level": "info",
        "logger": "chatsphere.http",
        "status": 200,
        "odd": "{1}",
        "words": "caf\u00e9",
    }
    assert library == {"event": "took 3", "level": "warning", "logger": "library"}
    assert failed["exception"].endswith("LookupError: lost")
    assert (failed["event"], failed["level"]) == ("failed", "error")


def test_whoever_logs_goes_on_when_nobody_reads_any_more() -> None:
    reads, writes = os.pipe()
    command = [sys.executable, "-c", SCRIPT, "alone"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=writes) as process:
        os.close(writes)
        os.close(reads)
        said, _ = process.communicate(b"")
    assert said == b"went on\n"


def test_a_line_that_cannot_be_said_is_no_error_of_whoever_logs() -> None:
    run = subprocess.run([sys.executable, "-c", SCRIPT, "unsayable"], capture_output=True, check=True, text=True)
    assert run.stdout == "went on\n"
    line = json.loads(run.stderr.splitlines()[-1])
    assert (line["event"], line["level"], line["logger"]) == ("request", "info", "chatsphere.http")
    assert "keys must be" in line["unsaid"]
    assert "let me in" not in run.stderr
