"""Scenes of members in full: the form, people around, firms, lookalikes and merging, erasing, the till's files."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from crmdesk.core.i18n import gettext
from crmdesk.core.refs import EntityKind
from crmdesk.core.tickets import ApprovalChannel
from crmdesk.demo.scene_moves import (
    Steps,
    command,
    desk,
    dialog_of,
    main,
    need,
    open_thing,
    press,
    press_within,
    settings_page,
)
from crmdesk.demo.things import Things
from crmdesk.demo.walk import Stop, dialog
from crmdesk.queries.purchase_rows import PurchaseView
from crmdesk.views.members.account_screen import AccountScreen
from crmdesk.views.members.account_steps import AccountAct
from crmdesk.views.members.duplicates_screen import MERGE, DuplicatesScreen
from crmdesk.views.members.firms_screen import FirmsScreen
from crmdesk.views.members.member_screen import MemberScreen
from crmdesk.views.members.merge_undone import show_merges
from crmdesk.views.members.purchase_feature import PURCHASES
from crmdesk.views.members.purchases_screen import PurchasesScreen
from crmdesk.views.members.steps import Act
from crmdesk.views.settings.levels_page import LevelsPage
from crmdesk.views.settings.own_fields_page import OwnFieldsPage
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.today.screen import TodayScreen

W = TypeVar("W", bound=QWidget)


def member_stops(things: Things) -> list[Stop]:
    """Give the stops about members."""
    return [
        Stop("member-in-full", partial(open_thing, EntityKind.MEMBER, things.in_full)),
        Stop("member-form-in-full", partial(_on_member, things.in_full, _edit)),
        Stop("member-form-below", partial(_form_to, things.in_full, 0.5)),
        Stop("member-form-end", partial(_form_to, things.in_full, 1.0)),
        Stop("people-around", partial(_people, things.zhou)),
        Stop("people-household", partial(_people_menu, things.zhou, "Household…")),
        Stop("people-relative", partial(_people_menu, things.zhou, "Relative with a birthday…")),
        Stop("people-join", partial(_people_menu, things.zhou, "Add somebody…")),
        Stop("firm", partial(open_thing, EntityKind.MEMBER, things.firm)),
        Stop("firms", partial(command, "members.firms", view="all")),
        Stop("firm-visit", _firm_visit),
        Stop("lookalikes", partial(command, "members.duplicates")),
        Stop("merge", _merge),
        Stop("merged-lately", _merged_lately),
        Stop("erase", partial(_on_member, things.in_full, lambda page: page.run(Act.ERASE))),
        Stop("consents", partial(_on_member, things.in_full, lambda page: page.run(Act.CONSENTS))),
        Stop("account-top-up", partial(_account, things.zhou, AccountAct.TOP_UP)),
        Stop("account-give", partial(_account, things.zhou, AccountAct.GIVE)),
        Stop("level", partial(_level, things.zhou)),
        Stop("walk-ins", _walk_ins),
        Stop("purchases", partial(command, "members.purchases")),
        Stop("purchase-enter", partial(_purchase, "start_new")),
        Stop("purchase-back", partial(_purchase, "take_back")),
        Stop("purchase-right", partial(_purchase, "put_right")),
    ]


def signing_stops(things: Things) -> list[Stop]:
    """Give the stops where a customer signs."""
    return [Stop("answer-signed", partial(_answer_signed, things.quoted))]


def settings_stops_of_members() -> list[Stop]:
    """Give the stops of the settings about members."""
    return [
        Stop("settings-own-fields", partial(settings_page, "Own fields")),
        Stop("settings-own-field", _own_field),
        Stop("settings-till-files", partial(settings_page, "Files from the till")),
        Stop("settings-level-effect", _effect),
    ]


def _shown(name: str, kind: type[W]) -> W:
    found = desk().navigator.screen(name)
    if not isinstance(found, kind):
        raise TypeError(found)
    return found


def _within(kind: type[W]) -> W:
    """Give the part of the window of this kind that is seen."""
    return next(one for one in main().findChildren(kind) if one.isVisible())


def _on_member(key: int, act: Callable[[MemberScreen], None]) -> Steps:
    yield from open_thing(EntityKind.MEMBER, key)
    act(_shown("member", MemberScreen))
    yield lambda: dialog() is not None
    yield None


def _edit(page: MemberScreen) -> None:
    page.edit()


def _form_to(key: int, share: float) -> Steps:
    yield from _on_member(key, _edit)
    above = dialog()
    for area in above.findChildren(QScrollArea) if above is not None else ():
        bar = area.verticalScrollBar()
        bar.setValue(round(bar.maximum() * share))
    yield None


def _people(key: int) -> Steps:
    yield from open_thing(EntityKind.MEMBER, need(key))
    yield None
    page = _shown("member", MemberScreen)
    page.side.ensureWidgetVisible(page.side.people, 0, page.side.height())
    yield None


def _people_menu(key: int, words: str) -> Steps:
    yield from open_thing(EntityKind.MEMBER, need(key))
    yield None
    panel = _shown("member", MemberScreen).side.people
    press([action for menu in panel.findChildren(QMenu) for action in menu.actions()], gettext(words))
    yield lambda: dialog() is not None


def _purchase(act: str) -> Steps:
    """Open a form of receipts over their list, of the first sale."""
    screen = desk().navigator.screen(PURCHASES)
    if isinstance(screen, PurchasesScreen):
        screen.chips.choose(PurchaseView.SALES.value)
        yield screen.panel.right.isEnabled
        getattr(screen, act)()
    yield lambda: dialog() is not None


def _firm_visit() -> Steps:
    yield from command("members.firms", view="all")
    yield None
    _shown("members.firms", FirmsScreen).start_new()
    yield lambda: dialog() is not None


def _lookalikes() -> DuplicatesScreen:
    return _shown("members.duplicates", DuplicatesScreen)


def _merge() -> Steps:
    yield from command("members.duplicates")
    yield None
    _lookalikes().view.select_first()
    _lookalikes().run(MERGE)
    yield lambda: dialog() is not None


def _merged_lately() -> Steps:
    yield from command("members.duplicates")
    show_merges(_lookalikes(), desk())
    yield lambda: dialog() is not None


def _account(key: int, act: AccountAct) -> Steps:
    yield from command("members.account", member_id=need(key))
    yield None
    _shown("member.account", AccountScreen).run(act)
    yield lambda: dialog() is not None


def _level(key: int) -> Steps:
    yield from command("members.account", member_id=need(key))
    yield None
    press_within(_shown("member.account", AccountScreen), gettext("Set…"))
    yield lambda: dialog() is not None


def _walk_ins() -> Steps:
    main().go("today")
    yield None
    _shown("today", TodayScreen).count_walk_ins()
    yield lambda: dialog() is not None


def _answer_signed(ticket_id: int) -> Steps:
    yield from dialog_of(ticket_id, "Record the answer")
    above = dialog()
    if isinstance(above, FormDialog):
        above.fields.fields()["channel"].set_value(ApprovalChannel.IN_PERSON)
    yield None


def _own_field() -> Steps:
    yield from settings_page("Own fields")
    yield None
    _within(OwnFieldsPage).add()
    yield lambda: dialog() is not None


def _effect() -> Steps:
    yield from settings_page("Levels and points")
    yield None
    _within(LevelsPage).preview()
    yield lambda: dialog() is not None
