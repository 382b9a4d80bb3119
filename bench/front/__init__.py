"""What people wait for at the screen, in a real Chromium at a real ChatSphere."""

SCENARIOS = ("enter", "pair", "switch", "scroll", "album", "input", "load")
