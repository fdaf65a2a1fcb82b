"""The ceilings of size and shape; a file that reaches one is redesigned into parts with a meaning of their own."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

from tests.architecture.sources import place, product_files, python_files, tree

FILE_LINES: Final = 400
CLASS_LINES: Final = 250
FUNCTION_LINES: Final = 40
PARAMETERS: Final = 6

N = TypeVar("N", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _nodes(path: Path, *kinds: type[N]) -> Iterator[N]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def _lines(node: Function | ast.ClassDef) -> int:
    """Count the lines of a definition without its docstring."""
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) is not None else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def _parameters(node: Function) -> int:
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def test_files_are_short() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert not {where: length for where, length in lengths.items() if length > FILE_LINES}


def test_classes_are_short() -> None:
    classes = ((path, node) for path in python_files() for node in _nodes(path, ast.ClassDef))
    assert not [place(path, node) for path, node in classes if _lines(node) > CLASS_LINES]


def test_functions_are_short() -> None:
    # A migration is one list of columns, written once and never edited again.
    files = (path for path in python_files() if path.parent.name != "versions")
    functions = ((path, node) for path in files for node in _nodes(path, ast.FunctionDef))
    assert not [place(path, node) for path, node in functions if _lines(node) > FUNCTION_LINES]


def test_functions_take_few_parameters() -> None:
    functions = ((path, node) for path in product_files() for node in _nodes(path, ast.FunctionDef))
    assert not [place(path, node) for path, node in functions if _parameters(node) > PARAMETERS]


def test_every_module_says_in_one_line_what_it_is() -> None:
    without = []
    for path in product_files():
        docstring = ast.get_docstring(tree(path), clean=True)
        if not docstring or docstring.partition("\n")[2].partition("\n")[0].strip():
            without.append(place(path))
    assert not without


def test_packages_hold_a_docstring_only() -> None:
    packages = (path for path in product_files() if path.name == "__init__.py")
    assert not [place(path) for path in packages if len(tree(path).body) != 1 or ast.get_docstring(tree(path)) is None]
