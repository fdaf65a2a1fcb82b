"""The source files of the repository, read once for the tests that look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


@cache
def product_files() -> tuple[Path, ...]:
    """Return every module of the product."""
    return tuple(sorted((ROOT / "crmdesk").rglob("*.py")))


@cache
def python_files() -> tuple[Path, ...]:
    """Return every Python file: product, tests, tools."""
    folders = ("crmdesk", "tests", "tools")
    return (ROOT / "dev.py", *(path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))))


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """Return where something stands, as one would click on it."""
    line = getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


@cache
def tracked_files() -> tuple[Path, ...]:
    """Return every file that git keeps and that is still there; without git, what lies in the folders it keeps."""
    if (ROOT / ".git").exists():
        command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        paths = [ROOT / name for name in listed.decode("utf-8").split("\0") if name]
    else:
        folders = ("crmdesk", "docs", "installer", "resources", "tests", "tools")
        inside = (path for folder in folders for path in sorted((ROOT / folder).rglob("*")))
        paths = [*(path for path in inside if "__pycache__" not in path.parts), *sorted(ROOT.glob("*.*"))]
    return tuple(path for path in paths if path.is_file())


def tracked_text() -> dict[Path, str]:
    """Return the text of every tracked file that is text."""
    texts = {}
    for path in tracked_files():
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            texts[path] = data.decode("utf-8", errors="replace")
    return texts
