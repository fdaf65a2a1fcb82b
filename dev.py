#!/usr/bin/env python3
"""One command for everything a developer does: ``python3 dev.py run``, ``python3 dev.py test``.

Needs nothing but Python. It makes ``.venv`` with the locked requirements, installs the system libraries Qt needs
where it may, builds the catalogues of translations, and then does what was asked.
"""

# Old versions of Python must be able to read this file as far as the sentence that names the right one.
from __future__ import annotations

import ctypes
import hashlib
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "requirements.sha256"
OUT = ROOT / "demo-day"
WINDOWS = os.name == "nt"
VERSIONS = ((3, 13), (3, 12), (3, 11))

USAGE = """\
usage: python3 dev.py COMMAND [ARGUMENTS]

  run [-- ARGUMENTS]    start crmdesk; without a display carry out the demo day
  test [-- ARGUMENTS]   every check and every test; arguments go to pytest
  shots [ARGUMENTS]     a picture of every screen into shots/
  bench [ARGUMENTS]     measure and write docs/figures.md
  check [ARGUMENTS]     the long campaigns: kills, damage, hostile files, real printing
  catalogue [--missing] build and check the translations; list what is missing
  lock [--upgrade]      write requirements.lock anew from pyproject.toml
"""

# What Qt loads at run time, and the Debian package that has it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}

# Programs that open our papers and workbooks, and a print queue; only the campaigns need them.
PROGRAMS = {
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc",
    "lpadmin": "cups",
    "/usr/lib/cups/backend/cups-pdf": "printer-driver-cups-pdf",
}

STATIC_CHECKS = (
    ("ruff format", ("-m", "ruff", "format", "--check", "--quiet")),
    ("ruff check", ("-m", "ruff", "check", "--quiet")),
    ("mypy", ("-m", "mypy", "--no-error-summary")),
    ("import contracts", ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")),
    ("catalogue", ("tools/catalogue.py",)),
)


def main(arguments: list[str]) -> int:
    """Do what the first argument says; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that cannot show a character must not stop a check
    commands = {
        "run": run,
        "test": test,
        "shots": script("tests/pictures/shots.py", "--out", "shots"),
        "bench": script("tests/bench/run.py"),
        "check": check,
        "catalogue": catalogue,
        "lock": lock,
    }
    if not arguments or arguments[0] not in commands:
        print(USAGE, end="")
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    rest = arguments[1:]
    if rest[:1] == ["--"]:
        rest = rest[1:]
    try:
        return commands[arguments[0]](rest)
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Start the program, or carry out the demo day where there is no display."""
    prepare()
    if arguments or has_display():
        return call("-m", "crmdesk", *arguments)
    if (OUT / "store").exists():
        shutil.rmtree(OUT)
    code = call("-m", "crmdesk", "demo", "--out", str(OUT))
    if code == 0:
        print("No display here: the demo day was carried out without a window. It left")
        for what, name in (("papers", "papers"), ("workbook", "owner.xlsx"), ("pictures", "pictures")):
            print(f"  {what:<9} {OUT / name}")
    return code


def test(arguments: list[str]) -> int:
    """Run every check, then the tests; the last line is pytest's own."""
    prepare()
    failed = [name for name, command in STATIC_CHECKS if not passes(name, command)]
    if failed:
        print(f"failed: {', '.join(failed)}; the tests follow", flush=True)
    workers = () if arguments else ("-n", "auto")
    tests = call("-m", "pytest", "-q", *workers, *arguments)
    return 1 if failed or tests else 0


def check(arguments: list[str]) -> int:
    """Run the long campaigns, with the programs they open papers and workbooks with."""
    install_packages({package for name, package in PROGRAMS.items() if not find_program(name)}, "the campaigns")
    return script("tests/campaigns/run.py")(arguments)


def catalogue(arguments: list[str]) -> int:
    """Build and check the catalogues of translations."""
    prepare()
    return call("tools/catalogue.py", *arguments)


def lock(arguments: list[str]) -> int:
    """Write requirements.lock for all platforms and Python versions, hashed, without any index address."""
    prepare()
    options = "--group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet"
    return call("-m", "uv", "pip", "compile", "pyproject.toml", *options.split(), "-o", LOCK.name, *arguments)


def script(*command: str) -> Callable[[list[str]], int]:
    """Return a command that prepares everything and starts a script of this repository."""

    def start(arguments: list[str]) -> int:
        prepare()
        return call(*command, *arguments)

    return start


# ------------------------------------------------------------------------------------ preparing


def prepare() -> None:
    """Make the environment, the system libraries and the catalogues ready; quick when they are."""
    install_packages({package for name, package in LIBRARIES.items() if not has_library(name)}, "the window")
    make_environment()
    if call("tools/catalogue.py", "--build"):
        raise SystemExit("The catalogues of translations could not be built.")


def make_environment() -> None:
    """Make .venv from the lock, once for each lock."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and works(python()):
        return
    base = find_python()
    if not works(base, "import ensurepip, venv"):
        install_packages({"python3-venv"}, "a virtual environment")
    print("Setting up .venv (once for each requirements.lock) …", flush=True)
    must("The virtual environment could not be made.", base, "-m", "venv", "--clear", str(VENV))
    pip = (python(), "-m", "pip", "--disable-pip-version-check", "-qq")
    must(
        "The requirements could not be installed.",
        *(*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)),
    )
    STAMP.write_text(wanted, encoding="utf-8")


def works(interpreter: str, statement: str = "") -> bool:
    """Say whether a Python is there and can do that; the one a .venv was made from may have been removed."""
    try:
        return subprocess.call([interpreter, "-c", statement], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def find_python() -> str:
    """Return a Python of a version that crmdesk is tested with, this one if it is."""
    if sys.version_info[:2] in VERSIONS:
        return sys.executable
    for major, minor in VERSIONS:
        found = shutil.which(f"python{major}.{minor}")
        if found:
            return found
        if shutil.which("py"):
            answer = subprocess.run(
                ["py", f"-{major}.{minor}", "-c", "import sys; print(sys.executable)"],
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            if answer.returncode == 0:
                return answer.stdout.strip()
    this = ".".join(str(part) for part in sys.version_info[:2])
    raise SystemExit(f"crmdesk needs Python 3.11, 3.12 or 3.13; this is {this} and no other was found.")


def python() -> str:
    """Return the Python of the virtual environment."""
    return str(VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python")


def has_library(name: str) -> bool:
    """Say whether the system can load a shared library; only Linux leaves that to us."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def find_program(name: str) -> str | None:
    """Return where a program is, looking also where only root does."""
    if not sys.platform.startswith("linux"):
        return name
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def install_packages(packages: set[str], purpose: str) -> None:
    """Install Debian packages as root; otherwise say in one line what is missing."""
    if not packages:
        return
    names = sorted(packages)
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print(f"Needed for {purpose}, please install (names as in Debian): {' '.join(names)}", flush=True)
        return
    print(f"Installing for {purpose}: {' '.join(names)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *names]):
        done = subprocess.run(
            [apt, "-qq", *command],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            print(done.stderr.strip()[-500:], file=sys.stderr, flush=True)


# -------------------------------------------------------------------------------------- running


def has_display() -> bool:
    """Say whether a window can be shown."""
    if WINDOWS or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def environment() -> dict[str, str]:
    """Return the environment of everything started here."""
    values = {**os.environ, "PYTHONPATH": str(ROOT)}
    if not has_display():
        values.setdefault("QT_QPA_PLATFORM", "offscreen")
    return values


def call(*command: str) -> int:
    """Run the environment's Python in the root of the repository; return its exit code."""
    sys.stdout.flush()
    return subprocess.call([python(), *command], cwd=ROOT, env=environment())


def passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one check quietly and report it; what it says is shown when it fails."""
    done = subprocess.run(
        [python(), *command],
        cwd=ROOT,
        env={**environment(), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        print(done.stdout.rstrip())
    print(f"{'FAILED' if done.returncode else 'ok':<7}{name}", flush=True)
    return done.returncode == 0


def must(sentence: str, *command: str) -> None:
    """Run a command; end with one sentence when it fails."""
    if subprocess.call(command, cwd=ROOT):
        raise SystemExit(sentence)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
