"""Counting the loaners: scan after scan ticks what should be here; what is left over is missing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.loaners import LoanerState
from crmdesk.core.tones import Tone
from crmdesk.queries.loaner_shelf import ShelfRow
from crmdesk.services.loaner_count import CountShelf, ShelfCounted
from crmdesk.views.loaners.presenter import LoanerPresenter
from crmdesk.views.loaners.wording import state_status
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import LineField, TickField
from crmdesk.views.support.form_dialog import FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.text import Text

_WIDTH = 760
_HEIGHT = 300
_CODE = 40


@dataclass(frozen=True, slots=True)
class CountLine:
    """One loaner of the count."""

    row: ShelfRow
    seen: bool

    @property
    def id(self) -> int:
        """Give the loaner's key."""
        return self.row.id


@dataclass
class Counting:
    """A count under way: pure, so that it can be tested without a window."""

    rows: tuple[ShelfRow, ...]
    seen: set[int] = field(default_factory=set)

    def scan(self, code: str) -> ShelfRow | None:
        """Tick what carries `code`; None when nothing does."""
        wanted = code.strip().upper()
        found = next((row for row in self.rows if row.code.upper() == wanted), None)
        if found is not None:
            self.seen.add(found.id)
        return found

    def lines(self) -> list[CountLine]:
        """Give what should be here and what was scanned besides; what is missing comes first."""
        shown = [CountLine(row, row.id in self.seen) for row in self.rows if row.expected or row.id in self.seen]
        return sorted(shown, key=lambda line: (line.seen, line.row.shelf, line.row.code))

    def missing(self) -> list[ShelfRow]:
        """Give what should be here and was not scanned."""
        return [row for row in self.rows if row.expected and row.id not in self.seen]


def _status(line: CountLine) -> tuple[str, Tone, str]:
    if not line.seen:
        return gettext("Not scanned yet"), Tone.WAITING, "scan-line"
    if line.row.state is LoanerState.LENT:
        return gettext("Here, but lent by the book"), Tone.LATE, "triangle-alert"
    if line.row.state is LoanerState.LOST:
        return gettext("Found again"), Tone.OK, "search"
    return gettext("Here"), Tone.OK, "check"


_COLUMNS: list[Column[CountLine]] = [
    Column("code", mark("Code"), lambda line: line.row.code, 90),
    Column("name", mark("Item"), lambda line: line.row.name, 150, stretch=True),
    Column("shelf", mark("Shelf"), lambda line: line.row.shelf, 70),
    Column("state", mark("By the book"), lambda line: state_status(line.row.state)[0], 110),
    Column(
        "seen",
        mark("Count"),
        lambda line: _status(line)[0],
        190,
        ColumnKind.STATUS,
        tone=lambda line: _status(line)[1],
        icon=lambda line: _status(line)[2],
    ),
]


class CountDialog(FormDialog):
    """The count of one store."""

    def __init__(
        self, parent: QWidget, desk: Desk, rows: tuple[ShelfRow, ...], saved: Callable[[ShelfCounted], None]
    ) -> None:
        """Count `rows`; `saved` gets what the count changed."""
        text = gettext("Scan the label of every loaner in the store, or type its code and press Enter.")
        super().__init__(parent, gettext("Count the loaners"), gettext("Finish the count"), text, _WIDTH)
        self._presenter = LoanerPresenter(desk, self)
        self._saved = saved
        self.counting = Counting(rows)
        self.code = self.add("code", LineField(gettext("C&ode"), max_length=_CODE, hint=gettext("type or scan")))
        self.code.line.returnPressed.connect(self._scan)
        self.figures = Text("", "heading")
        self.add_part(self.figures)
        self.table = ListTable(_COLUMNS, self)
        view = RowTableView(self.table, desk.settings, "loaners.count", self)
        view.setAccessibleName(gettext("Loaners"))
        view.setMinimumHeight(_HEIGHT)
        self.add_part(view)
        self.give_up = self.add("give_up", TickField(gettext("Record what was not scanned as &missing")))
        self.reason = self.add("reason", LineField(gettext("&Reason"), max_length=120))
        self.give_up.changed.connect(self._tick)
        self._show()
        self._tick()

    def _scan(self) -> None:
        typed = self.code.typed()
        self.code.set_value("")
        if not typed:
            return
        found = self.counting.scan(typed)
        if found is None:
            QApplication.beep()
            self.notice.set(gettext("No loaner has the code {code}.").format(code=typed), "", Tone.LATE, "circle-alert")
        else:
            self.notice.set(f"{found.code} · {found.name}", "", Tone.OK, "circle-check")
        self._show()

    def _show(self) -> None:
        here, missing = len(self.counting.seen), len(self.counting.missing())
        words = (
            ngettext("{count} scanned", "{count} scanned", here).format(count=here),
            ngettext("{count} not scanned", "{count} not scanned", missing).format(count=missing),
        )
        self.figures.setText(" · ".join(words))
        self.table.set_rows(self.counting.lines())

    def _tick(self) -> None:
        wanted = bool(self.give_up.value())
        self.reason.setEnabled(wanted)
        self.reason.set_required(wanted)

    @override
    def send(self) -> None:
        """Save."""
        missing = frozenset(row.id for row in self.counting.missing()) if self.give_up.value() else frozenset()
        request = CountShelf(frozenset(self.counting.seen), missing, self.reason.typed())
        self._presenter.count(request, self._done, self.refused)

    def _done(self, counted: ShelfCounted) -> None:
        self.accept()
        self._saved(counted)
