"""The version stands in one place, and everything that says it says the same."""

import tomllib
from pathlib import Path

from crmdesk.core.version import VERSION
from crmdesk.views.support import crash


def test_the_package_has_the_programs_version(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION


def test_nothing_else_spells_it(repository: Path) -> None:
    spelt = [
        path.name
        for path in (repository / "crmdesk").rglob("*.py")
        if f'"{VERSION}"' in path.read_text(encoding="utf-8")
    ]
    assert spelt == ["version.py"]


def test_the_crash_report_names_it_from_a_checkout_too() -> None:
    assert crash.report(ValueError()).splitlines()[0] == f"crmdesk {VERSION}"
