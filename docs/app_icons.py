"""Makes the icons of the phone app from the mark of Verbond: `python docs/app_icons.py`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from docs.small_png import lighten  # noqa: E402 - the path comes first
from tests.browser.installation import chromium  # noqa: E402

ICONS = ROOT / "deploy" / "static" / "icons"
MARK = (
    '<g fill="none" stroke="#eaf4f6" stroke-width="2.5">'
    '<circle cx="16" cy="22" r="10"/><circle cx="28" cy="22" r="10"/></g>'
    '<path d="M22 14a10 10 0 0 1 0 16a10 10 0 0 1 0-16z" fill="#eaf4f6"/>'
)
"""The shape of verbond.svg, on a field of 44 by 44."""
SIZES = {"app-192": (192, 6, 1.0), "app-512": (512, 6, 1.0), "app-maskable-512": (512, 0, 0.78)}
"""Name → side in pixels, radius of the corners, size of the mark: a maskable icon keeps it within the safe zone."""


def main() -> None:
    with chromium() as browser:
        page = browser.new_page()
        for name, (side, radius, scale) in SIZES.items():
            page.set_viewport_size({"width": side, "height": side})
            page.set_content(
                "<style>body{margin:0}svg{display:block}</style>"
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44" width="{side}" height="{side}">'
                f'<rect width="44" height="44" rx="{radius}" fill="#0b2b36"/>'
                f'<g transform="translate(22 22) scale({scale}) translate(-22 -22)">{MARK}</g></svg>'
            )
            file = ICONS / f"{name}.png"
            page.screenshot(path=str(file), omit_background=radius == 0)
            page.goto("about:blank")
            lighten(file, page)


if __name__ == "__main__":
    main()
