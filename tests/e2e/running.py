"""Starting the real program and talking to the hand inside."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0  # seconds; a slow machine is not a wrong one


def surroundings() -> dict[str, str]:
    """Give the variables of every process: no display, this source tree."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Carry out a command line of the program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "crmdesk", *arguments],
        cwd=ROOT,
        env=surroundings(),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """A program under way."""

    def __init__(self, process: "subprocess.Popen[str]", data: Path) -> None:
        self.process = process
        self._log = data / "logs" / "crmdesk.log"

    def ask(self, expression: str) -> object:
        """Evaluate in the program's GUI thread."""
        if self.process.stdin is None or self.process.stdout is None:
            raise RuntimeError
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the program ended: {self.process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise LookupError(f"{expression}: {answer['error']}")
        return answer["value"]

    def until(self, expression: str, wanted: object = True) -> None:  # noqa: FBT002  (what is compared)
        """Ask until the answer is as wanted."""
        deadline = time.monotonic() + PATIENCE
        seen: object = None
        while time.monotonic() < deadline:
            try:
                seen = self.ask(expression)
            except LookupError as error:
                seen = error
            if seen == wanted:
                return
            time.sleep(0.05)
        log = self._log.read_text(encoding="utf-8")[-4000:] if self._log.is_file() else ""
        raise AssertionError(f"{expression}: {seen!r}, not {wanted!r}\n{log}")

    def until_page(self, name: str) -> None:
        """Wait for a page of the start window."""
        self.until("type(program._pages.window.page).__name__ if program._pages.window.isVisible() else ''", name)

    def until_main_window(self) -> None:
        """Wait until somebody can work."""
        self.until("type(window()).__name__", "MainWindow")

    def close(self) -> int:
        """Close the window that is seen, as a person does, and wait for the end."""
        self.ask("window().close()")
        return self.process.wait(PATIENCE)


@contextmanager
def program(data: Path, *arguments: str) -> Iterator[Running]:
    """Start the program on a data folder; whatever still runs at the end is killed."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "tests/e2e/robot.py"), "--data", str(data), *arguments],
        cwd=ROOT,
        env=surroundings(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    try:
        yield Running(process, data)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
