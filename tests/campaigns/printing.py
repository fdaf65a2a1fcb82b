"""Papers go through a real print queue; what it would have put on paper is measured and its codes are read."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pypdfium2
import zxingcpp
from PIL import Image

from crmdesk.core.paper_facts.formats import SIZES
from tests.campaigns.print_queue import NAME, Queue, QueueError, lacking, open_queue
from tests.campaigns.printing_worker import CASES, SHORT, Case
from tools import catalogue

ROOT: Final = Path(__file__).resolve().parents[2]
WORKER: Final = Path(__file__).with_name("printing_worker.py")
DPI: Final = 300
DOTS_PER_MM: Final = DPI / 25.4
INK: Final = 128
SIZE_MM: Final = 1.0
SHIFT_MM: Final = 0.2
SECONDS: Final = 300


def campaign(*, short: bool = False) -> list[str]:
    """Print on a queue of its own; give what came out wrong, one line each."""
    missing = lacking()
    if missing:
        print(f"printing: not run, it needs {missing}")
        return []
    catalogue.build()
    cases = CASES[:SHORT] if short else CASES
    with open_queue() as queue:
        failures = _print(queue, len(cases))
        if failures:
            return failures
        queue.wait()
        jobs = [_pages(queue.printed(number)) for number in range(1, len(cases) + 1)]
    for case, pages in zip(cases, jobs, strict=True):
        found = [*_check_pages(case, pages), *_check_shift(case, pages, jobs)]
        sizes = " ".join(sorted({"{:.1f}x{:.1f}".format(*_millimetres(page)) for page in pages}))
        print(f"printing, {case.what}: {len(pages)} pages, {sizes} mm, {_codes(pages[0])}, {len(found)} wrong")
        failures += found
    return failures


def _print(queue: Queue, count: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, str(WORKER), str(count)],
        env={**queue.environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    lines = [line for line in (*done.stdout.splitlines(), *done.stderr.splitlines()) if line.strip()]
    return [f"the program could not print on {NAME}", *lines] if done.returncode else []


def _pages(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def _millimetres(page: Image.Image) -> tuple[float, float]:
    return page.width / DOTS_PER_MM, page.height / DOTS_PER_MM


def _codes(page: Image.Image) -> list[str]:
    return [f"{code.format.name} {code.text}" for code in zxingcpp.read_barcodes(page) if code.orientation == 0]


def _check_pages(case: Case, pages: list[Image.Image]) -> list[str]:
    wanted = SIZES[case.paper]
    expected = len(case.codes) * case.copies
    found = [] if len(pages) == expected else [f"{case.what}: {len(pages)} pages instead of {expected}"]
    for number, page in enumerate(pages):
        width, height = _millimetres(page)
        if abs(width - wanted.width) > SIZE_MM or abs(height - wanted.height) > SIZE_MM:
            found.append(f"{case.what}, page {number + 1}: {width:.1f} x {height:.1f} mm")
        code = case.codes[number % len(case.codes)]
        if _codes(page) != [code]:
            found.append(f"{case.what}, page {number + 1}: reads {_codes(page)} instead of {code}")
    return found


def _check_shift(case: Case, pages: list[Image.Image], jobs: list[list[Image.Image]]) -> list[str]:
    if case.plain is None:
        return []
    before, after = _begin(jobs[case.plain][0]), _begin(pages[0])
    moved = [(new - old) / DOTS_PER_MM for old, new in zip(before, after, strict=True)]
    print(f"printing, {case.what}: the ink moved {moved[0]:+.2f} mm, {moved[1]:+.2f} mm")
    wrong = any(abs(is_mm - tenths / 10) > SHIFT_MM for is_mm, tenths in zip(moved, case.shift, strict=True))
    return [f"{case.what}: moved by {moved} mm"] if wrong else []


def _begin(page: Image.Image) -> tuple[int, int]:
    """Give the dots of ink furthest left and furthest up."""
    box = page.point(lambda grey: 255 if grey < INK else 0).getbbox()
    if box is None:
        raise QueueError("a page came out empty")
    return box[0], box[1]


if __name__ == "__main__":
    print("\n".join(campaign(short=False)))
