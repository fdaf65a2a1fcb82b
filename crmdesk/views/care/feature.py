"""Makes callbacks, the call run and its commands known."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

SECTION, PAGE = "care", "care.run"


def install(desk: Desk) -> SectionSpec:
    """Register the page ``care.run``, callbacks as things, and the command ``care.run`` (today's list)."""

    def make_list() -> QWidget:
        from crmdesk.views.care.screen import CareScreen

        return CareScreen(desk)

    def make_run() -> QWidget:
        from crmdesk.views.care.run_page import CallRunPage

        return CallRunPage(desk)

    navigator = desk.navigator
    navigator.register_section(PAGE, make_run)
    navigator.register_opener(EntityKind.CALLBACK, lambda ref: navigator.go(SECTION, ref))
    navigator.register_command("care.run", mark("Start calling"), "", lambda: navigator.go(PAGE))
    return SectionSpec(SECTION, mark("Callbacks & care"), "phone-call", make_list, "Ctrl+5", pages=(PAGE,))
