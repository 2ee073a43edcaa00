"""Fetches the pinned front-end packages and copies the few files that Verbond serves or tests with.

Lives here: what is copied, where to, and the checksums that `tests/architecture/test_vendor.py` checks.
Does not live here: our own CSS, scripts and values for the design system's variables (`deploy/static`).
Run through `make vendor`; needs npm. The proprietary tokens and assets packages of the City of Amsterdam
are not used and must never be added.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STATIC = ROOT / "deploy" / "static"
TESTS = ROOT / "tests" / "browser" / "vendor"
LICENCES = HERE / "licences"
CHECKSUMS = HERE / "checksums.sha256"

COMPONENTS = [
    "body",
    "heading",
    "paragraph",
    "button",
    "icon-button",
    "badge",
    "tabs",
    "table",
    "modal-dialog",
    "alert",
    "avatar",
    "breadcrumb",
    "checkbox",
    "radio",
    "switch",
    "select",
    "text-input",
    "text-area",
    "search-field",
    "field",
    "field-set",
    "label",
    "hint",
    "link",
    "standalone-link",
    "link-list",
    "description-list",
    "data-list",
    "progress-list",
    "metadata",
    "skeleton",
    "skip-link",
    "accordion",
    "action-group",
    "error-message",
    "unordered-list",
    "visually-hidden",
    "icon",
]

# Only the icons that pages use: one sprite, each drawn with <use href="sprite.svg#i-NAME">.
ICONS = tuple((HERE / "icons.txt").read_text().split())

AMS_NOTICE = (
    "/*! @amsterdam/design-system-css {version}, EUPL-1.2, (c) Gemeente Amsterdam. "
    "Selected components, joined, otherwise unmodified. "
    "Licence text: deploy/vendor/licences/EUPL-1.2-design-system-css.md */\n"
)
TABLER_NOTICE = "<!-- Tabler Icons {version}, MIT, (c) Paweł Kuna. Selection joined into one sprite. -->\n"
HTMX_NOTICE = "/*! htmx {version}, 0BSD. Licence text: deploy/vendor/licences/0BSD-htmx.txt */\n"


def install(folder: Path) -> Path:
    """Install exactly the locked packages in `folder` (no scripts run); return its node_modules."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to fetch the front-end packages (apt-get install npm).")
    # Peers are left out: the component CSS names the proprietary tokens and assets packages as its peers.
    flags = ["--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund"]
    subprocess.run([npm, "ci", *flags], cwd=folder, check=True)  # noqa: S603
    return folder / "node_modules"


def version_of(package: Path) -> str:
    """The version that `package`'s own package.json states."""
    found = re.search(r'"version":\s*"([^"]+)"', (package / "package.json").read_text())
    return found.group(1) if found else "?"


def component_css(package: Path) -> str:
    """The chosen components' style sheets, joined under the licence notice."""
    parts = [(package / "dist" / name / f"{name}.css").read_text() for name in COMPONENTS]
    body = "".join(re.sub(r"/\*.*?\*/", "", part, flags=re.S).strip() + "\n" for part in parts)
    return AMS_NOTICE.format(version=version_of(package)) + body


def icon_sprite(package: Path) -> str:
    """One SVG file with a <symbol> for each used icon."""
    return (
        TABLER_NOTICE.format(version=version_of(package))
        + '<svg xmlns="http://www.w3.org/2000/svg">\n'
        + "".join(_symbol(package, name) for name in ICONS)
        + "</svg>\n"
    )


def _symbol(package: Path, name: str) -> str:
    source = (package / "icons" / "outline" / f"{name}.svg").read_text()
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", source, flags=re.S)
    paths = [line.strip() for line in inner.splitlines() if line.strip() and 'stroke="none"' not in line]
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>\n'


def copy_all(modules: Path) -> list[Path]:
    """Write every vendored file and licence; return their paths."""
    ams = modules / "@amsterdam" / "design-system-css"
    font = modules / "@fontsource-variable" / "source-sans-3"
    tabler = modules / "@tabler" / "icons"
    htmx, axe = modules / "htmx.org", modules / "axe-core"
    htmx_js = HTMX_NOTICE.format(version=version_of(htmx)) + (htmx / "dist" / "htmx.min.js").read_text()
    woff2 = "source-sans-3-latin-wght-normal.woff2"
    return [
        write(STATIC / "css" / "ams.css", component_css(ams).encode()),
        write(STATIC / "icons" / "sprite.svg", icon_sprite(tabler).encode()),
        write(STATIC / "fonts" / woff2, (font / "files" / woff2).read_bytes()),
        write(STATIC / "js" / "htmx.min.js", htmx_js.encode()),
        write(TESTS / "axe.min.js", (axe / "axe.min.js").read_bytes()),
        write(LICENCES / "EUPL-1.2-design-system-css.md", licence_of(ams)),
        write(LICENCES / "OFL-1.1-source-sans-3.txt", licence_of(font)),
        write(LICENCES / "MIT-tabler-icons.txt", licence_of(tabler)),
        write(LICENCES / "0BSD-htmx.txt", licence_of(htmx)),
        write(LICENCES / "MPL-2.0-axe-core.txt", licence_of(axe)),
    ]


def licence_of(package: Path) -> bytes:
    """The licence text that the package itself ships."""
    return next(path for path in sorted(package.iterdir()) if path.name.upper().startswith("LICEN")).read_bytes()


def write(path: Path, content: bytes) -> Path:
    """Write `content` to `path`, making its folder; return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def main() -> None:
    """Fetch, copy, and write the list of checksums."""
    with tempfile.TemporaryDirectory() as temporary:
        paths = copy_all(install(Path(temporary)))
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT).as_posix()}\n" for path in paths
    ]
    CHECKSUMS.write_text("".join(sorted(lines, key=lambda line: line[66:])))
    sys.stdout.write(f"{len(paths)} files copied, checksums in {CHECKSUMS.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
