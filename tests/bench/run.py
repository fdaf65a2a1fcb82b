"""Measure everything of the figures and write docs/figures.md: `python3 dev.py bench`.

Every module beside this one that has `rows(ctx)` gives rows. Ratios are of one run on one machine; times of
different machines say little.
"""

import argparse
import importlib
import importlib.util
import os
import platform
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # started as a file
    sys.path.insert(0, str(ROOT))

from tests.bench.row import BenchRow, Ctx  # noqa: E402
from tests.bench.store import FOLDER, MILLION, store_path  # noqa: E402

FIGURES = ROOT / "docs" / "figures.md"
HEAD = ("work", "median", "p95", "against", "peak MB", "reach", "note")


def main() -> int:
    """Measure, print, and after a whole run write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MILLION)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=[], help="names of modules; the figures are then only printed")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the bench store is kept")
    given = parser.parse_args()
    store = cache(lambda: store_path(given.members, folder=given.folder))
    ctx = Ctx(store, given.members, given.rounds)
    found, failed = [], []
    for name in given.only or modules():
        try:
            for row in _rows(name, ctx):
                print(_plain(row), flush=True)
                found.append(row)
        except (ImportError, RuntimeError, AttributeError) as error:
            failed.append(f"{name}: {type(error).__name__}: {str(error).strip().splitlines()[-1]}")
            print(f"-- {failed[-1]}", flush=True)
    if not given.only:
        FIGURES.write_text(_document(found, failed, given.members), encoding="utf-8")
        print(f"written: {FIGURES.relative_to(ROOT)}")
    return 1 if failed else 0


def modules() -> list[str]:
    """Give the modules beside this one that have rows."""
    beside = sorted(Path(__file__).parent.glob("*.py"))
    return [path.stem for path in beside if "\ndef rows(" in path.read_text(encoding="utf-8")]


def _rows(name: str, ctx: Ctx) -> Iterator[BenchRow]:
    yield from importlib.import_module(f"tests.bench.{name}").rows(ctx)


def _plain(row: BenchRow) -> str:
    peak = f"  {row.peak_mb:.0f} MB" if row.peak_mb else ""
    figures = f"{_figure(row, row.ours.median):>12} {_figure(row, row.ours.p95):>12}"
    return f"{row.work:<52} {figures}  {_against(row)}{peak}  {row.note}"


def _against(row: BenchRow) -> str:
    better = "faster" if row.unit == "ms" else "less"
    return "; ".join(
        f"{name} {_figure(row, theirs)}: {_ratio(row.ours.median, theirs, better)}"
        for name, theirs in row.against.items()
    )


def _ratio(ours: float, theirs: float, better: str) -> str:
    if ours <= 0 or theirs <= 0:
        return "–"
    return f"{_number(ours / theirs)} ×" if ours >= theirs / 2 else f"{_number(theirs / ours)} × {better}"


def _figure(row: BenchRow, value: float) -> str:
    return f"{_number(value)} {row.unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _document(found: list[BenchRow], failed: list[str], members: int) -> str:
    made = (
        f"Written by `python3 dev.py bench`, on {time.strftime('%Y-%m-%d', time.gmtime())}: {members:,} members, "
        f"{members * 3:,} purchase lines, {members // 5:,} tickets, {members:,} callbacks from a seed; "
        f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}."
    )
    lines = [
        "# Figures",
        "",
        made,
        "",
        "Ratios count, times are this machine's. “0.8 ×” is ours divided by theirs; “30 × faster” is theirs by ours.",
        "",
        "| " + " | ".join(HEAD) + " |",
        "|---|--:|--:|---|--:|---|---|",
    ]
    for row in found:
        peak = f"{row.peak_mb:.0f}" if row.peak_mb else ""
        figures = (_figure(row, row.ours.median), _figure(row, row.ours.p95))
        cells = (row.work, *figures, _against(row), peak, row.reach, row.note)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if failed:
        lines += ["", "Not measured:", "", *(f"- {one}" for one in failed)]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
