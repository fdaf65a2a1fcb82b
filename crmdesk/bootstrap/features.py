"""Which features the program has, in the order of the rail."""

import importlib
from collections.abc import Callable
from typing import Final

from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

# Each is views.<name>.feature with install(desk) -> SectionSpec; imported when the desk is built, not before.
ORDER: Final = ("today", "members", "service", "loaners", "care", "papers", "reports", "settings")


def install_all(desk: Desk) -> list[SectionSpec]:
    """Let every feature register its pages, openers and commands."""
    return [install(desk) for install in load_all()]


def load_all() -> list[Callable[[Desk], SectionSpec]]:
    """Import every feature, so that installing them takes no time."""
    return [_installer(name) for name in ORDER]


def _installer(name: str) -> Callable[[Desk], SectionSpec]:
    install: Callable[[Desk], SectionSpec] = importlib.import_module(f"crmdesk.views.{name}.feature").install
    return install
