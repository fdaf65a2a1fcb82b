"""Settings: pages at the left, the chosen one beside them."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget
from typing_extensions import override

from crmdesk.core import settings_care, settings_service, settings_store
from crmdesk.core.i18n import gettext
from crmdesk.core.setting import Scope
from crmdesk.core.settings import settings_of
from crmdesk.core.settings_goods import GOODS_GROUP
from crmdesk.core.topics import Topic
from crmdesk.views.settings.about_page import AboutPage
from crmdesk.views.settings.calendar_page import CalendarPage
from crmdesk.views.settings.causes_page import CausesPage
from crmdesk.views.settings.clocks_page import SHOWN_HERE, ClocksPage
from crmdesk.views.settings.computer_page import ComputerPage
from crmdesk.views.settings.goods_page import GoodsPage
from crmdesk.views.settings.levels_page import LEVELS_GROUP, LevelsPage
from crmdesk.views.settings.own_fields_page import OwnFieldsPage
from crmdesk.views.settings.rules_page import RulesPage
from crmdesk.views.settings.shelves_page import ShelvesPage
from crmdesk.views.settings.staff_page import StaffPage
from crmdesk.views.settings.store_page import StorePage
from crmdesk.views.settings.till_files_page import TillFilesPage
from crmdesk.views.settings.trust_page import TrustPage
from crmdesk.views.settings.wordings_page import WordingsPage
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.icons import icon
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader

_LIST_WIDTH = 220
# The declared groups belong to these modules; importing them declares them.
_AREAS = (settings_service, settings_care, settings_store)
_LEGAL_GROUP = "Service"
# These pages show what stands in the database.
_FROM_STORE = (
    *(StorePage, ShelvesPage, StaffPage, ClocksPage, CalendarPage, GoodsPage, RulesPage, CausesPage, OwnFieldsPage),
    TrustPage,
    TillFilesPage,
    WordingsPage,
)


class SettingsScreen(Screen):
    """Store, staff, rules by group, this computer, trust, about."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.SETTINGS, Topic.STAFF, Topic.IMPORTS})
    help_page: ClassVar[str] = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the list; a page is built when it is first chosen."""
        super().__init__(desk, parent)
        self._makers: list[Callable[[], QWidget]] = []
        self._made: dict[int, QWidget] = {}
        self._icons: list[str] = []
        self._list = QListWidget()
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setAccessibleName(gettext("Pages of the settings"))
        self._pages = QStackedWidget()
        self._add_pages()
        self._list.currentRowChanged.connect(self._choose)
        card = Card()
        card.add(self._pages, 1)
        body = row(self._list, card, gap=3)
        body.setStretch(1, 1)
        layout = page(SectionHeader(gettext("Settings")), body)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFocusProxy(self._list)
        self._list.setCurrentRow(0)

    def _add_pages(self) -> None:
        desk = self.desk
        self._add(gettext("The store"), "store", lambda: StorePage(desk))
        self._add(gettext("Staff"), "users", lambda: StaffPage(desk))
        self._add(gettext("Shelves"), "warehouse", lambda: ShelvesPage(desk))
        self._add(gettext("This computer"), "monitor", lambda: ComputerPage(desk))
        self._add(gettext("Backups and history"), "shield-check", lambda: TrustPage(desk))
        groups: dict[str, list[object]] = {}
        for setting in settings_of(Scope.STORE):
            groups.setdefault(setting.group, []).append(setting)
        groups.pop(GOODS_GROUP, None)
        for shown in SHOWN_HERE:
            groups[shown.group] = [one for one in groups[shown.group] if one is not shown]
        self._add(
            gettext("Clocks"), "alarm-clock", lambda: ClocksPage(desk, lambda: self.show_page(gettext("Working days")))
        )
        self._add(gettext("Working days"), "calendar", lambda: CalendarPage(desk))
        self._add(gettext("Root causes"), "list-checks", lambda: CausesPage(desk))
        self._add(gettext("Own fields"), "users-round", lambda: OwnFieldsPage(desk))
        self._add(gettext("Consent wordings"), "shield-check", lambda: WordingsPage(desk))
        self._add(gettext("Files from the till"), "folder-open", lambda: TillFilesPage(desk))
        self._add(gettext(GOODS_GROUP), "package", lambda: GoodsPage(desk))
        for group, settings in groups.items():
            note = (
                gettext("Numbers from laws are defaults with their source; not legal advice.")
                if group == _LEGAL_GROUP
                else ""
            )
            page = LevelsPage if group == LEVELS_GROUP else RulesPage
            self._add(gettext(group), "settings", partial(page, desk, gettext(group), settings, note))  # type: ignore[arg-type] # settings of every kind
        self._add(gettext("About crmdesk"), "info", AboutPage)

    def _add(self, words: str, icon_name: str, make: Callable[[], QWidget]) -> None:
        self._makers.append(make)
        self._icons.append(icon_name)
        self._list.addItem(QListWidgetItem(icon(icon_name), words))

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Draw the list's icons again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            for place, name in enumerate(self._icons):
                self._list.item(place).setIcon(icon(name))

    def _choose(self, place: int) -> None:
        if place < 0:
            return
        if place not in self._made:
            self._made[place] = self._makers[place]()
            self._pages.addWidget(self._made[place])
        self._pages.setCurrentWidget(self._made[place])

    def show_page(self, words: str) -> None:
        """Choose the page with these words in the list."""
        for place in range(self._list.count()):
            if self._list.item(place).text() == words:
                self._list.setCurrentRow(place)

    @override
    def title(self) -> str:
        return gettext("Settings")

    @override
    def reload(self) -> None:
        shown = self._pages.currentWidget()
        if isinstance(shown, _FROM_STORE):
            shown.reload()
