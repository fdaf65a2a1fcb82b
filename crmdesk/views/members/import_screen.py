"""The import page: file, columns, check, done; everything can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from crmdesk.core.i18n import gettext
from crmdesk.core.roles import Right
from crmdesk.core.tones import Tone
from crmdesk.core.topics import Topic
from crmdesk.exchange.fields import ImportKind
from crmdesk.exchange.mapping import Mapping
from crmdesk.services.imports_report import ImportReport
from crmdesk.services.imports_undo import UndoneImport
from crmdesk.views.members.import_afterwards import Afterwards
from crmdesk.views.members.import_check import CheckStep, button_words
from crmdesk.views.members.import_choose import ChooseStep
from crmdesk.views.members.import_columns import ColumnsStep
from crmdesk.views.members.import_going_on import GoingOn, safe_words
from crmdesk.views.members.import_presenter import ImportPresenter, OpenedFile, StoppedError
from crmdesk.views.members.import_result import ResultStep
from crmdesk.views.members.import_running import RunningStep
from crmdesk.views.members.import_sources import Sources
from crmdesk.views.members.import_steps import StepLine
from crmdesk.views.support import errors
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import choose_file
from crmdesk.views.support.screen import KeyHelp, Screen
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import row
from crmdesk.views.support.widgets.page import page
from crmdesk.views.support.widgets.section_header import SectionHeader
from crmdesk.views.support.widgets.text import show_if

if TYPE_CHECKING:
    from crmdesk.views.members.import_presenter import Stoppable

_FILE, _COLUMNS, _CHECK, _DONE, _RUNNING = range(5)


class ImportScreen(Screen):
    """One file on its way in."""

    topics: ClassVar[frozenset[Topic]] = frozenset({Topic.IMPORTS})
    help_page: ClassVar[str] = "import"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with the choice of a file."""
        super().__init__(desk, parent)
        self._presenter = ImportPresenter(desk, self)
        self._afterwards = Afterwards(desk, self, self._presenter)
        self.going_on = GoingOn(self, self, self._presenter)
        self.sources = Sources(self, self, self._presenter)
        self.opened: OpenedFile | None = None
        self.report: ImportReport | None = None
        self._work: Stoppable | None = None
        self._before_work = _FILE
        self.choose = ChooseStep(desk)
        self.columns = ColumnsStep()
        self.check = CheckStep(desk)
        self.result = ResultStep()
        self.running = RunningStep()
        self.steps = StepLine()
        self.stack = QStackedWidget()
        self.back = Button(gettext("One step back"), "chevron-left", hint="Esc")
        self.next = Button("", kind="primary", hint="Ctrl+Enter")
        self._arrange()
        self._connect()
        self._go(_FILE)

    def _arrange(self) -> None:
        for step in (self.choose, self.columns, self.check, self.result, self.running):
            self.stack.addWidget(step)
        self._header = SectionHeader(gettext("Import"))
        self._header.add(self.steps)
        layout = page(self._header, self.stack, row(self.back, None, self.next))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.choose.file_given.connect(self.take_file)
        self.choose.file_wanted.connect(self.ask_file)
        self.going_on.connect(self.choose.half, self.result)
        self.sources.connect(self.columns)
        self.columns.mapping_changed.connect(self._take_mapping)
        self.columns.kind_chosen.connect(self._take_kind)
        self._afterwards.connect(self.choose, self.result, self.undo)
        self.result.members_wanted.connect(lambda: self.desk.navigator.go("members"))
        self.running.stop_wanted.connect(self.stop)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.desk.jobs.progressed.connect(self._progressed)
        keys = {"Ctrl+O": self.ask_file, "Ctrl+Return": self.go_on, "Ctrl+Enter": self.go_on, "Escape": self.go_back}
        for one, act in keys.items():
            _add_key(self, one, act)

    # -- what the window asks ------------------------------------------------------------------

    @override
    def title(self) -> str:
        return gettext("Import")

    @override
    def key_help(self) -> list[KeyHelp]:
        return _key_help()

    @override
    def reload(self) -> None:
        self.choose.allow(self._may())
        if self._may():
            self._presenter.runs(self.choose.show_runs)

    def _may(self) -> bool:
        return self.desk.signin.context().may(Right.IMPORT)

    @override
    def can_leave(self) -> bool:
        return self.stack.currentIndex() != _RUNNING

    @override
    def ask_leave(self, proceed: Callable[[], None]) -> None:
        def stop_and_leave() -> None:
            self.stop()
            proceed()

        self._afterwards.ask_stop(stop_and_leave)

    # -- steps ------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.show_step({_RUNNING: min(self._before_work + 1, _DONE)}.get(step, step))
        promise = gettext("Nothing is written before the last step.") if step < _DONE else ""
        self._header.set(gettext("Import"), promise)
        show_if(self.back, step in {_COLUMNS, _CHECK})
        show_if(self.next, step in {_COLUMNS, _CHECK, _DONE})
        self._say_next(step)
        focus = {_FILE: self.choose.area, _COLUMNS: self.next, _CHECK: self.next, _DONE: self.next}
        focus.get(step, self.running.stop).setFocus()

    def _say_next(self, step: int) -> None:
        self.next.allow()
        if step == _COLUMNS:
            self.next.set_text(gettext("Check the rows"))
            if self.opened is not None and self.opened.file.mapping.missing():
                self.next.refuse(gettext("Choose first where the needed columns are."))
        elif step == _CHECK and self.report is not None and self.opened is not None:
            self.next.set_text(button_words(self.report, self.opened.file.kind))
            if not self.report.created + self.report.updated:
                self.next.refuse(gettext("No row of the file brings anything new."))
        elif step == _DONE:
            self.next.set_text(gettext("Import another file"))

    def go_on(self) -> None:
        """Take the step that the big button names."""
        step = self.stack.currentIndex()
        if not self.next.isEnabled():
            return
        if step == _COLUMNS:
            self._rehearse()
        elif step == _CHECK:
            self._carry_out()
        elif step == _DONE:
            self._begin_anew()

    def go_back(self) -> None:
        """One step back; while something runs: stop it."""
        step = self.stack.currentIndex()
        if step == _RUNNING:
            self.stop()
        elif step in {_COLUMNS, _CHECK}:
            self._go(step - 1)

    def stop(self) -> None:
        """Stop the work under way; nothing was written then."""
        work = self._presenter.work or self._work
        if work is not None:
            work.stop()
            self.running.stopping()

    def _begin_anew(self) -> None:
        self.opened = self.report = None
        self.choose.trouble.set("")
        self._go(_FILE)

    # -- the file ---------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Let the person choose a file."""
        if self._may() and self.stack.currentIndex() in {_FILE, _COLUMNS, _CHECK}:
            tables = gettext("Tables") + " (*.xlsx *.xlsm *.xls *.csv *.txt *.tsv)"
            choose_file(self, gettext("Choose a list"), [tables, gettext("All files") + " (*)"], self.take_file)

    def take_file(self, path: Path, kind: ImportKind | None = None) -> None:
        """Read a file and show what its columns seem to be."""
        self.choose.trouble.set("")
        self._presenter.open(path, kind, lambda opened: self._show_file(opened, path), self._refused)

    def _show_file(self, opened: OpenedFile, path: Path) -> None:
        self.opened = opened
        self._path = path
        self.columns.show_file(opened)
        self._go(_COLUMNS)

    def _refused(self, error: Exception) -> None:
        sentence = errors.explain(error)
        if sentence is None:
            errors.show(self, error)
            return
        self.choose.trouble.set(sentence.title, sentence.what_to_do or sentence.safe, Tone.LATE, "circle-alert")
        self._go(_FILE)

    def _take_mapping(self, mapping: Mapping) -> None:
        if self.opened is not None:
            self.show_file(replace(self.opened, file=self.opened.file.mapped(mapping)), anew=False)

    def show_file(self, opened: OpenedFile, *, anew: bool = True) -> None:
        """Take a file as it is mapped now; ``anew`` builds its columns again."""
        self.opened = opened
        if anew:
            self.columns.show_file(opened)
        self._say_next(_COLUMNS)

    def _take_kind(self, kind: ImportKind) -> None:
        if self.opened is not None and kind is not self.opened.file.kind:
            self.take_file(self._path, kind)

    # -- work -----------------------------------------------------------------------------------

    def _rehearse(self) -> None:
        if self.opened is not None:
            self.begin_work(gettext("Checking every row…"), gettext("Nothing is written."))
            self._work = self._presenter.rehearse(self.opened.file, self._rehearsed, self.work_failed)

    def _rehearsed(self, report: ImportReport) -> None:
        self.report = report
        if self.opened is not None:
            self.check.show_report(self.opened.file, report)
        self._go(_CHECK)
        if self.check.view is not None:
            self.check.view.setFocus()

    def _carry_out(self) -> None:
        if self.opened is not None:
            self.begin_work(gettext("Importing…"), safe_words())
            self._work = self._presenter.carry_out(self.opened.file, self.show_done, self.work_failed)

    def show_done(self, report: ImportReport, name: str = "") -> None:
        """Show what an import did; ``name`` of its file when it is not the one that is open."""
        self.report = report
        opened = self.opened.file.table.origin.name if self.opened is not None else ""
        self.result.show_report(name or opened, report)
        self._go(_DONE)

    def begin_work(self, what: str, safe: str) -> None:
        """Show that work is under way, and what stopping it means."""
        self._before_work = self.stack.currentIndex()
        self.running.begin(what, safe)
        self._go(_RUNNING)

    def work_failed(self, error: Exception) -> None:
        """Go back to where the work began and say what was in the way."""
        self._go(self._before_work)
        if isinstance(error, StoppedError):
            self.desk.toasts.show(gettext("Stopped. Nothing was written."), ())
        else:
            errors.show(self, error)

    def _progressed(self, owner: QObject, done: int, total: int, _text: str) -> None:
        if owner is self and self.stack.currentIndex() == _RUNNING:
            self.running.show_progress(done, total)

    # -- afterwards -----------------------------------------------------------------------------

    def save_errors(self, path: Path) -> None:
        """Write the refused rows."""
        if self._presenter.file is not None and self.report is not None:
            self._afterwards.save_errors(self._presenter.file, self.report, path)

    def undo(self, run_id: int) -> None:
        """Undo an import."""
        self.begin_work(
            gettext("Undoing the import…"), gettext("It goes by parts. After a stop the rest can be taken back later.")
        )
        self._work = self._presenter.undo(run_id, self._undone, self.work_failed)

    def _undone(self, done: UndoneImport) -> None:
        self.result.show_undone(done)
        self._go(_DONE)


def _add_key(page: QWidget, keys: str, act: Callable[[], None]) -> None:
    action = QAction(page)
    action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: act())
    page.addAction(action)


def _key_help() -> list[KeyHelp]:
    return [
        KeyHelp("Ctrl+O", gettext("Choose a file")),
        KeyHelp("Ctrl+Enter", gettext("Next step")),
        KeyHelp("Esc", gettext("One step back, or stop")),
    ]
