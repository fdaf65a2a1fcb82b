"""A print queue of its own, by a CUPS that nobody else sees, which keeps as PDF what a printer would have got."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NAME: Final = "crmdesk-test"
BACKEND: Final = Path("/usr/lib/cups/backend/cups-pdf")
PPD: Final = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
BACKEND_SETTINGS: Final = Path(f"/etc/cups/cups-pdf-{NAME}.conf")  # the only place where the backend looks
SECONDS: Final = 120

DAEMON: Final = """\
Listen {folder}/run/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
FILES: Final = """\
ServerRoot {folder}/root
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
CacheDir {folder}/cache
StateDir {folder}/run
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
"""
BACKEND_TEXT: Final = """\
Out {folder}/out
AnonDirName {folder}/out
AnonUser root
Spool {folder}/spool/cups-pdf
Log {folder}/log
Label 1
"""


class QueueError(Exception):
    """The queue did not start or did not finish its work."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue `NAME`.

    Attributes:
        folder: everything that its CUPS writes.
        environment: what a program needs to find it.
    """

    folder: Path
    environment: dict[str, str]

    def wait(self) -> None:
        """Wait until every job is done."""
        end = time.monotonic() + SECONDS
        while self.ask("lpstat", "-W", "not-completed", "-o", NAME):
            if time.monotonic() > end:
                raise QueueError(f"jobs are not done after {SECONDS} s")
            time.sleep(0.2)

    def ask(self, *command: str) -> str:
        """Run a command of CUPS against this queue; give what it says."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
        if done.returncode:
            raise QueueError(f"{command[0]}: {done.stderr.strip()}")
        return done.stdout.strip()

    def printed(self, job: int) -> bytes:
        """Give the PDF of job number `job`, counted from 1."""
        found = list((self.folder / "out").glob(f"*job_{job}.pdf"))
        if len(found) != 1:
            raise QueueError(f"job {job} left {len(found)} files")
        return found[0].read_bytes()


def lacking() -> str:
    """Say what a queue needs and this machine lacks; empty when it can run."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "root on Linux"
    there = _program("cupsd") and _program("lpadmin") and BACKEND.exists() and PPD.exists()
    return "" if there else "the packages cups and printer-driver-cups-pdf"


@contextmanager
def open_queue() -> Iterator[Queue]:
    """Start a CUPS in a folder of its own with one queue; stop it and remove everything at the end."""
    with tempfile.TemporaryDirectory(prefix="crmdesk-queue-") as name:
        folder = Path(name)
        _lay_out(folder)
        server = _start(folder)
        try:
            queue = Queue(folder, {**os.environ, "LC_ALL": "C.UTF-8", "CUPS_SERVER": str(folder / "run/cups.sock")})
            _await_answer(queue, server)
            queue.ask(str(_program("lpadmin")), "-p", NAME, "-E", "-v", f"cups-pdf:/{NAME}", "-P", str(PPD))
            yield queue
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)
            BACKEND_SETTINGS.unlink(missing_ok=True)


def _lay_out(folder: Path) -> None:
    folder.chmod(0o755)  # filters run as another user
    for part in ("root/ppd", "spool/tmp", "cache", "run/certs", "out", "log"):
        (folder / part).mkdir(parents=True)
    (folder / "root/cupsd.conf").write_text(DAEMON.format(folder=folder), encoding="utf-8")
    (folder / "root/cups-files.conf").write_text(FILES.format(folder=folder), encoding="utf-8")
    BACKEND_SETTINGS.write_text(BACKEND_TEXT.format(folder=folder), encoding="utf-8")


def _start(folder: Path) -> subprocess.Popen[bytes]:
    settings = ("-c", str(folder / "root/cupsd.conf"), "-s", str(folder / "root/cups-files.conf"))
    with (folder / "log/start").open("wb") as log:
        return subprocess.Popen([str(_program("cupsd")), "-f", *settings], stdout=log, stderr=log)


def _await_answer(queue: Queue, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while not (queue.folder / "run/cups.sock").exists():
        if server.poll() is not None or time.monotonic() > end:
            raise QueueError(f"cupsd: {(queue.folder / 'log/start').read_text(encoding='utf-8').strip()}")
        time.sleep(0.1)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
