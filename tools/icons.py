"""Draw the icons that devices show for the installed app: `icons.py` has Chromium draw img/mark.svg in each size."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMG = Path(__file__).parents[1] / "src" / "chatsphere" / "static" / "img"
PAPER = "#fbf1ee"
# Name, size in pixels, how much of it the mark takes, what is behind it. A device cuts a maskable one to its own shape.
ICONS = (
    ("icon-180", 180, 0.78, PAPER),
    ("icon-192", 192, 0.96, "transparent"),
    ("icon-512", 512, 0.96, "transparent"),
    ("icon-maskable", 512, 0.62, PAPER),
)


def main() -> None:
    """Write every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, size, share, behind in ICONS:
            (IMG / f"{name}.png").write_bytes(_drawn(browser, size, share, behind))
        browser.close()


def _drawn(browser: Browser, size: int, share: float, behind: str) -> bytes:
    page = browser.new_page(viewport={"width": size, "height": size})
    box = f"width:{share:.0%};height:{share:.0%}"
    page.set_content(
        f"<body style='margin:0;height:100vh;display:grid;place-items:center;background:{behind}'>"
        f"<div style='{box}'>{(IMG / 'mark.svg').read_text(encoding='utf-8')}</div>"
    )
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


if __name__ == "__main__":
    main()
