"""Kill -9 at random moments of an import, over and over: it goes on until all rows are in, none twice, none in half."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from crmdesk.db.data_dir import DataDir
from tests.builders.begun import begun_store
from tests.builders.outside_files import write_text

ROOT: Final = Path(__file__).resolve().parents[2]
ROWS: Final = 40_000
SHORT_ROWS: Final = 4_000
LIVES: Final = 60
SHORT_LIVES: Final = 4
# Seconds: the start of the program takes most of a second, an import of the rows some more.
LONGEST_LIFE: Final = 4.0


def campaign(*, short: bool = False) -> list[str]:
    """Kill an import many times; give what was wrong, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        failures = kill_often(Path(folder), SHORT_ROWS if short else ROWS, SHORT_LIVES if short else LIVES, seed=3)
    print(f"kill -9 while importing: {len(failures)} failures")
    return failures


def kill_often(folder: Path, rows: int, lives: int, seed: int) -> list[str]:
    """Import one list, killed ``lives`` times, and look at everything."""
    data = begun_store(folder / "data")
    path = write_text(folder / "m.csv", [["姓名", "手机", "卡号", "积分"], *(_row(place) for place in range(rows))])
    chance, failures = random.Random(seed), list[str]()
    for life in range(lives):
        running = subprocess.Popen(_command(data, "members", str(path)), cwd=ROOT, env=_environment(), **_QUIET)
        time.sleep(chance.uniform(0.3, LONGEST_LIFE))
        running.kill()
        running.wait()
        failures += [f"life {life}: {line}" for line in _halves(data)]
    told = _told(data, "members", str(path))
    if told.get("created", 0) not in {rows, 0}:
        failures.append(f"{told.get('created')} of {rows} rows in the report")
    runs = _told(data, "list")
    if [(run["state"], run["created"]) for run in runs if run["created"]] != [("done", rows)]:
        failures.append(f"runs: {runs}")
    return failures + _halves(data)


def _row(place: int) -> list[str]:
    return [f"客{place}", f"138{place:08d}", f"V{place}", "5"]


def _halves(data: DataDir) -> list[str]:
    """Give members without the parts that their row brings along."""
    import sqlite3

    with sqlite3.connect(f"file:{data.database}?mode=ro", uri=True) as connection:
        parts = {
            name: connection.execute(f"SELECT count(*), count(DISTINCT member_id) FROM {name}").fetchone()  # noqa: S608
            for name in ("member_phone", "card", "ledger_entry", "ledger_balance", "member_value")
        }
        members = connection.execute("SELECT count(*) FROM member").fetchone()[0]
        noted = connection.execute("SELECT count(*) FROM imported_row").fetchone()[0]
    return [f"{name}: {found}, members {members}" for name, found in parts.items() if found != (members, members)] + (
        [f"{noted} notes, {members} members"] if noted != members else []
    )


def _told(data: DataDir, *words: str) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run(_command(data, *words), cwd=ROOT, env=_environment(), capture_output=True, check=False)
    return json.loads(done.stdout or b"{}")


def _command(data: DataDir, *words: str) -> list[str]:
    return [sys.executable, "-m", "crmdesk", "import", *words, "--data", str(data.root), "--json"]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


_QUIET: Final[dict[str, Any]] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

if __name__ == "__main__":
    sys.exit(1 if campaign(short="--short" in sys.argv) else 0)
