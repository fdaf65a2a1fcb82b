"""Reports: the figures of a period, and the owner's workbook in two clicks."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.progress import Progress
from crmdesk.core.settings_store import MARK_BIRTHDAY_RECALL
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.core.workbook_facts import OwnerWorkbookFacts
from crmdesk.db.session import Session
from crmdesk.documents.sheets.owner import write_owner_workbook
from crmdesk.queries.figures import Figures, figures_between
from crmdesk.queries.settings import store_settings
from crmdesk.queries.workbook import owner_facts
from crmdesk.views.reports.mark_tile import MarkTile
from crmdesk.views.reports.periods import Period, PeriodName, period, words_of
from crmdesk.views.reports.tiles import care_facts, mark_tiles, sales_facts, service_facts
from crmdesk.views.support.days import day_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import save_file
from crmdesk.views.support.screen import Screen
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.chip_bar import Chip, ChipBar
from crmdesk.views.support.widgets.columns import Columns
from crmdesk.views.support.widgets.facts_table import FactsTable
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.scroll_column import ScrollColumn
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.toolbar import Toolbar

_TILES = 3
_EXCEL = mark("Excel workbook (*.xlsx)")


def _figures(first: date, last: date, session: Session, context: Context) -> tuple[Figures, float]:
    recall_mark = store_settings(session, context.store.id).get(MARK_BIRTHDAY_RECALL) / 100
    return figures_between(session, first, last, context), recall_mark


def _workbook(first: date, last: date, session: Session, context: Context) -> OwnerWorkbookFacts:
    return owner_facts(session, first, last, context)


class ReportsScreen(Screen):
    """Figures by period; the primary action writes the workbook."""

    topics: ClassVar[frozenset[Topic]] = frozenset(
        {Topic.TICKETS, Topic.PURCHASES, Topic.MEMBERS, Topic.CALLBACKS, Topic.LOANERS}
    )
    help_page: ClassVar[str] = "reports"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the page; figures come when it is shown."""
        super().__init__(desk, parent)
        self._header = SectionHeader(gettext("Reports"))
        self._chips = ChipBar([Chip(name.value, words_of(name)) for name in PeriodName])
        self._chips.choose(PeriodName.THIS_YEAR.value)
        self._chips.chosen.connect(self._period_chosen)
        self._export = Button(gettext("Owner's workbook"), "table", "primary", "Ctrl+E")
        self._export.clicked.connect(self.make_workbook)
        self._tables = {name: FactsTable() for name in ("sales", "service", "care")}
        self.tiles = [MarkTile() for _number in range(_TILES)]
        self._note = Banner(
            gettext(
                "The workbook holds every ticket, loan, callback and member of the period, with formulas and charts."
            ),
            gettext("How each figure is computed stands on its last sheet."),
            Tone.INFO,
            "info",
        )
        self._arrange()

    def _arrange(self) -> None:
        cards: list[Card] = []
        titles = {
            "sales": (gettext("Sales and repeat buying"), "shopping-bag"),
            "service": (gettext("Service and loaners"), "wrench"),
            "care": (gettext("Callbacks and members"), "phone-call"),
        }
        for name, (title, icon) in titles.items():
            card = Card(title, icon)
            card.add(self._tables[name])
            cards.append(card)
        scroll = ScrollColumn(gap=3)
        scroll.add(Columns(*cards))
        scroll.add(Columns(*self.tiles))
        scroll.add(self._note)
        scroll.add_stretch()
        self.setLayout(page(self._header, Toolbar(self._chips, right=(self._export,)), scroll))

    @override
    def title(self) -> str:
        return gettext("Reports")

    def chosen(self) -> Period:
        """Give the period that is shown."""
        today = self.desk.signin.context().today()
        return period(PeriodName(self._chips.current), today)

    def _period_chosen(self, _name: str) -> None:
        self.reload()

    @override
    def reload(self) -> None:
        chosen = self.chosen()
        self._header.set(gettext("Reports"), f"{day_text(chosen.first)} – {day_text(chosen.last)}")
        self.desk.jobs.read(
            self, partial(_figures, chosen.first, chosen.last), self._show, key="figures", background=True
        )

    def _show(self, answer: tuple[Figures, float]) -> None:
        found, recall_mark = answer
        self._tables["sales"].set_facts(sales_facts(found.sales))
        self._tables["service"].set_facts(service_facts(found.service))
        self._tables["care"].set_facts(care_facts(found.care))
        for tile, facts in zip(self.tiles, mark_tiles(found.care, recall_mark, self._show_birthdays), strict=True):
            tile.set_facts(facts)

    def _show_birthdays(self) -> None:
        self.desk.navigator.run("members.open", view="birthday")

    @override
    def can_export(self) -> bool:
        return True

    @override
    def export_list(self) -> None:
        self.make_workbook()

    def make_workbook(self) -> None:
        """Ask where to, then gather in the database thread and write in the pool."""
        chosen = self.chosen()
        suggested = gettext("Owner report {period}").format(period=chosen.file_name) + ".xlsx"
        save_file(
            self, gettext("Save the owner's workbook"), suggested, [gettext(_EXCEL)], partial(self._gather, chosen)
        )

    def _gather(self, chosen: Period, target: Path) -> None:
        self._export.setEnabled(False)
        self.desk.jobs.read(
            self,
            partial(_workbook, chosen.first, chosen.last),
            partial(self._write, target),
            self._failed,
            background=True,
        )

    def _write(self, target: Path, facts: OwnerWorkbookFacts) -> None:
        def work(_progress: Progress) -> Path:
            write_owner_workbook(target, facts)
            return target

        self.desk.jobs.compute(self, work, self._written, self._failed)

    def _written(self, target: Path) -> None:
        self._export.setEnabled(True)
        self.desk.toasts.show(gettext("Saved {name}").format(name=target.name))

    def _failed(self, error: Exception) -> None:
        from crmdesk.views.support import errors

        self._export.setEnabled(True)
        errors.show(self, error)
