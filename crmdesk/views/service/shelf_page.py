"""Shelves: put and move goods by scan, see what lies where, what has no place, print labels (S9)."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QApplication
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.errors import RefusedError
from crmdesk.core.goods_errors import ShelfFullError
from crmdesk.core.i18n import gettext
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.queries import shelves as shown
from crmdesk.queries.shelves import LyingRow, ShelfRow
from crmdesk.services import shelves
from crmdesk.services.shelves import Put, PutGoods
from crmdesk.views.service.room import Room
from crmdesk.views.service.shelf_offer import offer_freest
from crmdesk.views.service.shelf_printing import print_labels
from crmdesk.views.service.shelf_words import lying_columns, shelf_columns
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField
from crmdesk.views.support.list_export import keep_looks
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.fields_layout import FieldsLayout
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.toolbar import Toolbar

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_CODE = 60
_SHARES = (34, 66)


class ShelfPage(Screen):
    """A scan of the tag and a scan of the shelf put goods there; the lists say what lies where."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.TICKETS, Topic.SETTINGS})
    help_page: ClassVar[str] = "shelves"

    def __init__(self, desk: Desk) -> None:
        """Build; the lists are read when the page is shown."""
        super().__init__(desk)
        self.room = Room(desk, self, self.reload)
        self._rows: list[LyingRow] = []
        self.code = LineField(gettext("Order n&umber"), max_length=_CODE, hint=gettext("type or scan, then Enter"))
        self.shelf = LineField(gettext("&Shelf"), max_length=_CODE)
        self.notice = Banner()
        self.anyway = self.notice.add_action(gettext("Put it there &anyway"))
        self.chips = ChipBar(
            [
                Chip("all", gettext("Everything here")),
                Chip("none", gettext("Without a place")),
                Chip("shelf", gettext("Chosen shelf")),
            ]
        )
        self.labels = Button(gettext("Print &labels"), "printer")
        self.shelf_table = ListTable(shelf_columns(), self)
        self.shelf_view = RowTableView(self.shelf_table, desk.settings, "service.shelves", self)
        self.table = ListTable(lying_columns(desk.signin.context().store.zone), self)
        self.view = RowTableView(self.table, desk.settings, "service.lying", self)
        keep_looks(self, desk, self.view, lambda one: (one.member_id,))
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        put = Card(gettext("Put or move"), "scan-line")
        put.add(FieldsLayout((self.code, 1), (self.shelf, 1), gap=3))
        put.add(self.notice)
        self.anyway.hide()
        self.shelf_view.setAccessibleName(gettext("Shelves"))
        self.view.setAccessibleName(gettext("Goods in the shop"))
        detail = gettext("Add them in the settings; until then any word is taken as a place.")
        self.shelf_view.set_empty("warehouse", gettext("No shelves yet"), detail)
        self.view.set_empty("package-check", gettext("Nothing lies here"))
        body = Columns(self.shelf_view, self.view, shares=_SHARES)
        layout = page(put, Toolbar(self.chips, right=[self.labels]), body)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.code.line.returnPressed.connect(self._ask_shelf)
        self.shelf.line.returnPressed.connect(partial(self._put, anyway=False))
        self.anyway.clicked.connect(lambda _checked=False: self._put(anyway=True))
        self.chips.chosen.connect(lambda _name: self._fill())
        self.shelf_view.current_changed.connect(lambda _key: self._shelf_chosen())
        self.shelf_view.opened.connect(lambda _key: self._choose_shelf())
        self.view.opened.connect(lambda key: self.desk.navigator.open(EntityRef(EntityKind.TICKET, key)))
        self.labels.clicked.connect(lambda _checked=False: self._print())

    @override
    def title(self) -> str:
        return gettext("Shelves")

    @override
    def key_help(self) -> list[KeyHelp]:
        return [
            KeyHelp("Alt+U", gettext("Scan the tag of goods")),
            KeyHelp("Alt+S", gettext("Scan the shelf")),
            KeyHelp("Enter", gettext("On a shelf: what lies there; on goods: the order")),
        ]

    @override
    def reload(self) -> None:
        self.desk.jobs.read(self, _read, self._came, key="shelves")
        if QApplication.focusWidget() in (None, self):
            self.code.setFocus()

    def begin(self, code: str = "") -> None:
        """Put the goods with this number, or wait for a scan."""
        self.code.set_value(code)
        if code:
            self._ask_shelf()
        else:
            self.code.setFocus()

    def _came(self, found: tuple[list[ShelfRow], list[LyingRow]]) -> None:
        rows, self._rows = found
        self.shelf_table.set_rows(rows)
        without = sum(not one.shelf for one in self._rows)
        self.chips.set_counts({"all": len(self._rows), "none": without})
        self._fill()

    # -- putting -----------------------------------------------------------------------------------

    def _ask_shelf(self) -> None:
        if self.code.typed():
            self.code.show_problem("")
            self.shelf.set_value("")
            offer_freest(self.desk, self, self.shelf, complete=False)
            self.shelf.setFocus()

    def _put(self, *, anyway: bool) -> None:
        request = PutGoods(self.code.typed(), self.shelf.typed(), anyway)

        def work(session: "Session", context: Context) -> Outcome[Put]:
            return shelves.put(session, request, context)

        self.desk.jobs.write(self, work, self._was_put, self._refused)

    def _was_put(self, put: Put) -> None:
        self.anyway.hide()
        said = gettext("{number} lies on shelf {shelf}").format(number=put.number, shelf=put.shelf)
        moved = put.before and put.before != put.shelf
        before = gettext("It lay on {shelf} before.").format(shelf=put.before) if moved else ""
        self.notice.set(said, before, Tone.OK, "circle-check")
        self.code.set_value("")
        self.shelf.set_value("")
        self.code.setFocus()

    def _refused(self, error: Exception) -> None:
        sentence = errors.explain(error)
        if not isinstance(error, RefusedError) or sentence is None:
            errors.show(self, error)
            return
        QApplication.beep()
        self.anyway.setVisible(isinstance(error, ShelfFullError))
        self.notice.set(sentence.title, sentence.what_to_do, Tone.LATE, "circle-alert")
        self.shelf.line.selectAll()

    # -- looking -----------------------------------------------------------------------------------

    def _shelf_chosen(self) -> None:
        if self.chips.current == "shelf":
            self._fill()

    def _choose_shelf(self) -> None:
        self.chips.choose("shelf")
        self._fill()

    def _fill(self) -> None:
        name = self.chips.current or "all"
        chosen = self._chosen_shelf()
        rows = self._rows
        if name == "none":
            rows = [one for one in rows if not one.shelf]
        elif name == "shelf":
            rows = [one for one in rows if chosen is not None and one.shelf == chosen.code]
        self.table.set_rows(rows)

    def _chosen_shelf(self) -> ShelfRow | None:
        key = self.shelf_view.current_id()
        return next((one for one in self.shelf_table.rows() if one.id == key), None)

    def _print(self) -> None:
        keys = set(self.shelf_view.selected_ids())
        rows = [one for one in self.shelf_table.rows() if one.id in keys]
        print_labels(self.desk, self, rows or self.shelf_table.rows())


def _read(session: "Session", context: Context) -> tuple[list[ShelfRow], list[LyingRow]]:
    return shown.shelves(session, context, active_only=True), shown.lying(session, context)
