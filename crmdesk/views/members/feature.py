"""Makes the member screens, their openers and commands known."""

import importlib.util

from PySide6.QtWidgets import QWidget

from crmdesk.core.i18n import mark
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.views.members.purchase_feature import PURCHASES, install_purchases
from crmdesk.views.members.value_feature import INTENTS, VALUE, install_value
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.frame.section import SectionSpec

SECTION, MEMBER, CARDS, IMPORT = "members", "member", "cards", "members.import"
ACCOUNT, DUPLICATES, FIRMS = "member.account", "members.duplicates", "members.firms"
RETENTION = "members.retention"
_IMPORT = "crmdesk.views.members.import_feature"


def install(desk: Desk) -> SectionSpec:
    """Enter pages, openers and commands.

    Commands: ``members.new`` (``person`` as a name, ``phone``, or nothing), ``members.open`` (``member_id``),
    ``members.cards``, ``members.duplicates``, ``members.firms`` (``view``).
    """
    from crmdesk.views.members.account_screen import AccountScreen
    from crmdesk.views.members.cards_screen import CardsScreen
    from crmdesk.views.members.duplicates_screen import DuplicatesScreen
    from crmdesk.views.members.firms_screen import FirmsScreen
    from crmdesk.views.members.member_screen import MemberScreen
    from crmdesk.views.members.retention_screen import RetentionScreen
    from crmdesk.views.members.screen import MembersScreen

    navigator = desk.navigator
    navigator.register_section(MEMBER, lambda: MemberScreen(desk))
    navigator.register_section(CARDS, lambda: CardsScreen(desk))
    navigator.register_section(FIRMS, lambda: FirmsScreen(desk))
    navigator.register_section(ACCOUNT, lambda: AccountScreen(desk))
    navigator.register_section(DUPLICATES, lambda: DuplicatesScreen(desk))
    navigator.register_section(RETENTION, lambda: RetentionScreen(desk))
    navigator.register_opener(EntityKind.MEMBER, lambda ref: navigator.go(MEMBER, ref))
    navigator.register_opener(EntityKind.CARD, lambda ref: navigator.go(CARDS, ref))
    _register_commands(desk)
    install_purchases(desk)
    install_value(desk)
    if importlib.util.find_spec(_IMPORT) is not None:
        importlib.import_module(_IMPORT).install_import(desk)
    return SectionSpec(
        SECTION,
        mark("Members"),
        "users",
        lambda: MembersScreen(desk),
        "Ctrl+2",
        pages=(MEMBER, ACCOUNT, CARDS, IMPORT, DUPLICATES, RETENTION, FIRMS, PURCHASES, VALUE, INTENTS),
    )


def _register_commands(desk: Desk) -> None:
    navigator = desk.navigator

    def new(person: str = "", phone: str = "") -> None:
        from crmdesk.views.members.member_form import open_form

        open_form(_page(desk), desk, None, name=person, phone=phone)

    def opens(member_id: int | None = None, view: str = "") -> None:
        if member_id is not None:
            navigator.open(EntityRef(EntityKind.MEMBER, member_id))
            return
        navigator.go(SECTION)
        if view:
            _show_view(desk, view)

    navigator.register_command("members.new", mark("New member"), "", new)
    navigator.register_command("members.open", mark("All members"), "", opens)

    def account(member_id: int | None = None) -> None:
        if member_id is None:
            navigator.go(SECTION)  # whose account is chosen there
        else:
            navigator.go(ACCOUNT, EntityRef(EntityKind.MEMBER, member_id))

    navigator.register_command("members.cards", mark("VIP cards"), "", lambda: navigator.go(CARDS))
    navigator.register_command("members.account", mark("Points and stored value"), "", account)
    navigator.register_command(FIRMS, mark("Firms to visit"), "", lambda view="": _show_firms(desk, view))
    navigator.register_command(RETENTION, mark("Kept too long"), "", lambda: navigator.go(RETENTION))
    navigator.register_command("members.duplicates", mark("Lookalikes"), "", lambda: navigator.go(DUPLICATES))


def _show_view(desk: Desk, view: str) -> None:
    from crmdesk.queries.member_rows import MemberView
    from crmdesk.views.members.screen import MembersScreen

    shown = desk.navigator.screen(SECTION)
    if isinstance(shown, MembersScreen):
        shown.show_view(MemberView(view))


def _show_firms(desk: Desk, view: str) -> None:
    from crmdesk.queries.firm_visits import FirmView
    from crmdesk.views.members.firms_screen import FirmsScreen

    desk.navigator.go(FIRMS)
    shown = desk.navigator.screen(FIRMS)
    if view and isinstance(shown, FirmsScreen):
        shown.show_view(FirmView(view))


def _page(desk: Desk) -> QWidget:
    """Give the screen that is shown: forms open over it, and the clerk stays where she is."""
    here = desk.navigator.here
    if here is None:
        desk.navigator.go(SECTION)
        return desk.navigator.screen(SECTION)
    return desk.navigator.screen(here.screen)
