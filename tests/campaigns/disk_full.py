"""A full disk at every path that writes, on a small file system of its own (Linux; needs no rights of root)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

WORKER: Final = Path(__file__).with_name("disk_full_worker.py")
ROOT: Final = WORKER.parents[2]
SIZE: Final = "64m"
MINUTES: Final = 10


def can_run() -> bool:
    """Tell whether this computer lets us mount a file system in a namespace of our own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*_unshare(), "mount -t tmpfs -o size=1m tmpfs /mnt"], capture_output=True).returncode == 0  # noqa: PLW1510


def campaign(*, short: bool = False) -> list[str]:
    """Fill the disk; give what went wrong, one line each. There is only one length."""
    del short
    if not can_run():
        print("disk full: not run, no file system can be mounted here")
        return []
    with tempfile.TemporaryDirectory() as folder:
        inside = f"mount -t tmpfs -o size={SIZE} tmpfs '{folder}' && exec '{sys.executable}' '{WORKER}' '{folder}'"
        done = subprocess.run(
            [*_unshare(), inside],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": folder},
            timeout=MINUTES * 60,
        )
    print(f"disk full: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else 'no answer'}")
    failures = done.stdout.split("\n")
    return [line for line in (*failures, *(done.stderr.splitlines() if done.returncode > 1 else ())) if line.strip()]


def _unshare() -> list[str]:
    return ["unshare", "--map-root-user", "--mount", "sh", "-c"]


if __name__ == "__main__":
    sys.exit(1 if campaign() else 0)
