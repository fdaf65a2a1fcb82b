"""Makes the papers section known."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

_LETTERS = "letters"  # the register of letters, a page of the service desk; people look for it among the papers


def install(desk: Desk) -> SectionSpec:
    """Give the rail's entry and the opener of a kept paper."""

    def make() -> QWidget:
        from crmdesk.views.papers.screen import PapersScreen

        return PapersScreen(desk)

    desk.navigator.register_opener(EntityKind.PAPER, lambda ref: desk.navigator.go("papers", ref))
    return SectionSpec("papers", mark("Print"), "printer", make, "Ctrl+6", pages=(_LETTERS,))
