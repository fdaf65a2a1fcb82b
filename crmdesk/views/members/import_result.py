"""Last step: what was done, and what can be done about it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.tones import Tone
from crmdesk.services.imports_report import Fate, ImportReport
from crmdesk.services.imports_undo import UndoneImport
from crmdesk.views.members.import_kept_words import kept_words
from crmdesk.views.members.import_words import FATES
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.big_number import BigNumber
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.card import Card
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text, show_if

_MOST_KEPT = 12


class ResultStep(QWidget):
    """Figures of an import with its next steps."""

    errors_wanted = Signal()
    undo_wanted = Signal()
    members_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(self) -> None:
        """Build it empty; `show_report` fills it."""
        super().__init__()
        self.file_name, self.run_id = "", 0
        self.report: ImportReport | None = None
        self._done = Banner("", tone=Tone.OK)
        self._figures = row(gap=6)
        self._kept = column(gap=1)
        self.save = Button(gettext("Save the refused rows…"), "file-spreadsheet")
        self.save.clicked.connect(self.errors_wanted)
        self.undo = Button(gettext("Undo this import…"), "undo-2")
        self.undo.clicked.connect(self.undo_wanted)
        self._card = Card("", "")
        self._card.add(self._figures)
        self._card.add(self._kept)
        self.go_on = Button(gettext("Go on with the import"), "chevron-right", "primary")
        self.go_on.clicked.connect(self.go_on_wanted)
        members = Button(gettext("Show the members"), "users")
        members.clicked.connect(self.members_wanted)
        self._card.add(row(self.go_on, self.save, members, self.undo, None))
        self.setLayout(column(self._done, self._card, None, gap=3))

    def show_report(self, file_name: str, report: ImportReport) -> None:
        """Show what an import did."""
        self.file_name, self.run_id, self.report = file_name, report.run_id, report
        if report.stopped:
            self._done.set(_stopped(file_name, report), gettext("Go on, or take back what is in."), Tone.WARN)
        else:
            self._done.set(gettext("“{file}” is taken in.").format(file=file_name), _advice(report), Tone.OK)
        show_if(self.go_on, report.stopped)
        counts = {
            Fate.CREATED: report.created,
            Fate.UPDATED: report.updated,
            Fate.SKIPPED: report.skipped,
            Fate.REJECTED: len(report.refused),
        }
        _empty(self._figures)
        for fate, count in counts.items():
            self._figures.addWidget(BigNumber(f"{count:,}", gettext(FATES[fate][0])))
        self._figures.addStretch(1)
        show_if(self.save, bool(report.refused))
        show_if(self.undo, bool(report.created or report.updated or report.stopped))
        show_if(self._card, True)
        _empty(self._kept)

    def show_undone(self, done: UndoneImport) -> None:
        """Show what undoing did."""
        title = gettext("The import is undone: {removed} removed, {restored} as before.")
        if done.stopped:
            title = gettext("Stopped: {removed} removed, {restored} as before; the rest is still there.")
        told = ""
        if done.kept:
            told = gettext("Some records stay because somebody has worked with them since:")
        tone = Tone.WARN if done.kept or done.stopped else Tone.OK
        self._done.set(title.format(removed=f"{done.removed:,}", restored=f"{done.restored:,}"), told, tone)
        _empty(self._figures)
        _empty(self._kept)
        for one in done.kept[:_MOST_KEPT]:
            self._kept.addWidget(Text(kept_words(one), wrap=True))
        more = len(done.kept) - _MOST_KEPT
        if more > 0:
            self._kept.addWidget(Text(ngettext("and {count} more", "and {count} more", more).format(count=more)))
        show_if(self.save, False)
        show_if(self.go_on, False)
        show_if(self.undo, False)
        show_if(self._card, bool(done.kept))


def _stopped(file_name: str, report: ImportReport) -> str:
    words = gettext("Stopped. {rows} rows of “{file}” are in.")
    return words.format(rows=f"{report.created + report.updated:,}", file=file_name)


def _advice(report: ImportReport) -> str:
    if not report.refused:
        return gettext("All rows are in. The whole import can be undone here or later in the list of imports.")
    words = ngettext(
        "{count} row stays out. Save it as a workbook, mend it in Excel and import that file.",
        "{count} rows stay out. Save them as a workbook, mend them in Excel and import that file.",
        len(report.refused),
    )
    return words.format(count=f"{len(report.refused):,}")


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
