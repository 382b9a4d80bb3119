"""What people wait for at the screen, in a real Chromium at a real ChatSphere."""

SCENARIOS = ("enter", "switch", "pair", "scroll")
