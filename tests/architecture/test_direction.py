"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from importlinter.cli import lint_imports

from tests.architecture.sources import ROOT, place, product_files, tree

# The one wrapper of each banned interface (pyproject.toml, banned-api).
WRAPPERS: Final = {
    "crmdesk/core/clock.py": "asks the machine for the time",
    "crmdesk/core/i18n.py": "reads catalogues",
    "crmdesk/documents/pdf/text.py": "hands text to reportlab's Paragraph",
    "crmdesk/views/support/dialogs.py": "opens Qt's message and file dialogs",
}

# The files of the theme; all other views ask them.
THEME: Final = {"theme", "tokens", "contrast"}


def _imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


def test_contracts_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_core_knows_only_itself_and_the_standard_library() -> None:
    allowed = {*sys.stdlib_module_names, "typing_extensions"}
    foreign = [
        f"{place(path, node)}: {name}"
        for path in product_files()
        if "core" in path.relative_to(ROOT).parts
        for node, name in _imports(path)
        if name.partition(".")[0] not in allowed and not name.startswith("crmdesk.core")
    ]
    assert not foreign


def test_annotations_are_evaluated() -> None:
    # Mapped classes are read by SQLAlchemy at run time; one habit for all files.
    assert not [place(path, node) for path in product_files() for node, name in _imports(path) if name == "__future__"]


def test_banned_interfaces_are_used_in_their_one_wrapper_only() -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in product_files()
        if re.search(r"#\s*noqa:[^#]*TID251", path.read_text(encoding="utf-8"))
    }
    assert not users - WRAPPERS.keys()


def test_no_loop_of_events_inside_an_event() -> None:
    assert not [place(path) for path in product_files() if "processEvents(" in path.read_text(encoding="utf-8")]


def test_colours_are_named_in_the_theme_only() -> None:
    colour = re.compile(r"""["']#(?:[0-9a-fA-F]{3}){1,2}["';]|\bQColor\(\s*(?:\d|["'])""")
    views = (path for path in product_files() if "views" in path.parts and path.stem not in THEME)
    assert not [place(path) for path in views if colour.search(path.read_text(encoding="utf-8"))]
