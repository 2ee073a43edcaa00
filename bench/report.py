"""What a row of targets.md says after a run, on the screen and in latest.json. No measuring here."""

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path

LATEST = Path(__file__).parent / "latest.json"
GREEN, RED, PLAIN = "\033[32m", "\033[31m", "\033[0m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure against its bar. figure and bar carry their unit; detail says on what they were taken."""

    row: str
    figure: str
    bar: str
    holds: bool
    detail: str


def at_most(row: str, ratio: float, bar: float, detail: str) -> Row:
    """A row that holds while the ratio stays at or under its bar. What is shown is what is judged."""
    return Row(row=row, figure=f"{ratio:.2f}×", bar=f"≤ {bar:g}×", holds=round(ratio, 2) <= bar, detail=detail)


def at_least(row: str, ratio: float, bar: float, detail: str) -> Row:
    """A row that holds from its bar up."""
    shown = f"{ratio:,.0f}×" if ratio >= 100 else f"{ratio:.1f}×"
    return Row(row=row, figure=shown, bar=f"≥ {bar:,.0f}×", holds=ratio >= bar, detail=detail)


def say(row: Row) -> None:
    """The row on the screen, as soon as it is known."""
    colour, verdict = (GREEN, "holds") if row.holds else (RED, "falls short")
    print(f"{row.row:<26} {row.figure:>12}   {row.bar:<10} {colour}{verdict:<12}{PLAIN} {row.detail}", flush=True)


def keep(rows: list[Row]) -> None:
    """Write latest.json: rows of this run replace those of the same name, the others stay."""
    try:
        known = {item["row"]: item for item in json.loads(LATEST.read_text())}
    except (FileNotFoundError, ValueError):
        known = {}
    known.update({row.row: asdict(row) for row in rows})
    text = json.dumps([known[name] for name in sorted(known)], ensure_ascii=False, indent=1)
    LATEST.write_text(text + "\n")


def machine() -> str:
    """One line on where this was run."""
    return f"Python {platform.python_version()}, {platform.machine()}, {platform.system()} {platform.release()}"
