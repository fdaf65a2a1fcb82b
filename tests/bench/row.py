"""What a row of the bench says, and how its figures are taken."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds (or another unit, see `BenchRow`) of one work done many times."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One row of the figures.

    Attributes:
        work: what is done.
        ours: how long we take.
        against: the same work by a floor or a peer, in the same unit, by its name; the ratio is ours to it.
        peak_mb: most memory of a process that did only this, megabytes.
        reach: what `quality` asks for.
        note: what a reader must know to believe it.
        unit: of all figures of the row: `ms`, or `MB` where a size is compared.
    """

    work: str
    ours: Timing
    against: dict[str, float] = field(default_factory=dict)
    peak_mb: float | None = None
    reach: str = ""
    note: str = ""
    unit: str = "ms"


@dataclass(frozen=True, slots=True)
class Ctx:
    """What the rows get: the bench store (made when first asked for) and how thorough to be."""

    store: Callable[[], Path]
    members: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a function in its own process returned, and the most memory it had, megabytes."""

    value: Any
    peak_mb: float


def timed(work: Callable[[], object], rounds: int) -> Timing:
    """Do ``work`` ``rounds`` times after one that does not count."""
    work()
    return timing([_once(work) for _ in range(rounds)])


def timing(milliseconds: Sequence[float]) -> Timing:
    """Give median and 95th percentile of single times."""
    if len(milliseconds) == 1:
        return Timing(milliseconds[0], milliseconds[0])
    return Timing(median(milliseconds), quantiles(milliseconds, n=20, method="inclusive")[-1])


def once(work: Callable[[], object]) -> float:
    """Give the milliseconds of doing ``work`` one time."""
    return _once(work)


def in_own_process(function: str, *arguments: str | int) -> Measured:
    """Call ``module:function`` with the arguments in a fresh interpreter.

    The function gives something JSON can carry. Memory is the highest resident size of that process.
    """
    command = [sys.executable, str(Path(__file__).with_name("child.py")), function, json.dumps(arguments)]
    done = subprocess.run(
        command, cwd=ROOT, env=_as_installed(), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    answer = json.loads(done.stdout.splitlines()[-1])
    return Measured(answer["value"], answer["peak_mb"])


def _as_installed() -> dict[str, str]:
    """Give the environment of a program that carries its bytecode, as an installed one does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "crmdesk-bench-bytecode")}


def _once(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
