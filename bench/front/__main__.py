"""Measure what people wait for at the screen."""

from __future__ import annotations

import sys


def main(names: list[str]) -> int:
    """Measure these scenarios."""
    print("front:", *names)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
