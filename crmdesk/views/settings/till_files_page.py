"""Files from the till: the sources that are kept, the folder each watches, and what became of the files."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.roles import Right
from crmdesk.queries import import_sources as shown
from crmdesk.queries.import_sources import SourceRow, WatchedRow
from crmdesk.services import import_sources
from crmdesk.services.import_sources import WatchFolder
from crmdesk.views.settings.till_files_columns import file_columns, source_columns
from crmdesk.views.settings.till_files_trial import tested_words, try_folder
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.dialogs import Kind, Verb, ask, choose_folder, tell
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.flow_layout import FlowLayout
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session

    Work = Callable[[Session, Context], Outcome[None]]

_LEAST_LIST = 130
HINT = mark("A source is kept on the import page: open a file of the till, set its columns, “Keep as a source…”.")


class TillFilesPage(QWidget):
    """Sources above, files below."""

    def __init__(self, desk: Desk) -> None:
        """Build lists and buttons."""
        super().__init__()
        self._desk = desk
        self.sources: ListTable[SourceRow] = ListTable(source_columns(), self)
        self.view = self._list(self.sources, "sources", gettext("Sources"))
        self.view.set_empty("folder-open", gettext("No sources yet"), gettext(HINT))
        self.files: ListTable[WatchedRow] = ListTable(file_columns(desk.signin.context().store.zone), self)
        self.file_view = self._list(self.files, "files", gettext("Files of watched folders"))
        self.file_view.set_empty("file-spreadsheet", gettext("No file yet"), gettext("Watched files appear here."))
        self._build_buttons()
        layout = column(
            Text(gettext("Files from the till"), "title"),
            Text(
                gettext("Each file is taken in once, by the source's columns; nothing in the folder is moved."),
                "soft",
                wrap=True,
            ),
            self._bar(),
            self.view,
            row(Text(gettext("Files of watched folders"), "heading"), None, self.again),
            self.file_view,
            gap=3,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.view.current_changed.connect(lambda _key: self._show_buttons())
        self.file_view.current_changed.connect(lambda _key: self._show_buttons())
        self._show_buttons()
        self.reload()

    def _list(self, table: ListTable[SourceRow] | ListTable[WatchedRow], name: str, words: str) -> RowTableView:
        view = RowTableView(table, self._desk.settings, f"settings.till.{name}", self)
        view.setAccessibleName(words)
        view.setMinimumHeight(_LEAST_LIST)
        return view

    def _build_buttons(self) -> None:
        self.folder = Button(gettext("Watch a folder…"), "folder-open", "primary")
        self.folder.clicked.connect(lambda _checked=False: self._ask_folder())
        self.stop = Button(gettext("Watch no more"), "x")
        self.stop.clicked.connect(lambda _checked=False: self._watch(""))
        self.test = Button(gettext("Test"), "list-checks")
        self.test.clicked.connect(lambda _checked=False: self._test())
        self.forget = Button(gettext("Forget the source…"), "trash-2", "quiet")
        self.forget.clicked.connect(lambda _checked=False: self._ask_forget())
        self.again = Button(gettext("Look at it again"), "refresh-cw", "quiet")
        self.again.clicked.connect(lambda _checked=False: self._look_again())

    def _bar(self) -> QWidget:
        """Give the row of buttons; it breaks where the page is narrow."""
        bar = QWidget()
        flow = FlowLayout(bar, gap=8)
        for button in (self.folder, self.stop, self.test, self.forget):
            flow.addWidget(button)
        return bar

    def reload(self) -> None:
        """Ask for sources and files again."""
        if self._desk.signin.context().may(Right.IMPORT):
            self._desk.jobs.read(self, _read, self._show, key="till")

    def _show(self, found: tuple[list[SourceRow], list[WatchedRow]]) -> None:
        self.sources.set_rows(found[0])
        self.files.set_rows(found[1])
        self.view.select_first()
        self._show_buttons()

    def _show_buttons(self) -> None:
        may = self._desk.signin.context().may(Right.IMPORT)
        source = self._source()
        for button in (self.folder, self.stop, self.test, self.forget, self.again):
            if not may:
                button.refuse(gettext("Only a manager or the owner imports lists."))
            elif source is None and button is not self.again:
                button.refuse(gettext("Choose a source first."))
            else:
                button.allow()
        if may and source is not None and not source.folder:
            for button in (self.stop, self.test):
                button.refuse(gettext("No folder is watched for this source."))
        if may and self._file() is None:
            self.again.refuse(gettext("Choose a file first."))

    def _source(self) -> SourceRow | None:
        key = self.view.current_id()
        return next((one for one in self.sources.rows() if one.id == key), None)

    def _file(self) -> WatchedRow | None:
        key = self.file_view.current_id()
        return next((one for one in self.files.rows() if one.id == key), None)

    # -- what the buttons do -------------------------------------------------------------------

    def _ask_folder(self) -> None:
        choose_folder(self, gettext("The folder into which the till exports"), lambda path: self._watch(str(path)))

    def _watch(self, folder: str) -> None:
        source = self._source()
        if source is None:
            return
        request = WatchFolder(source.id, folder, bool(folder), source.version)
        self._write(lambda session, context: import_sources.watch(session, request, context))

    def _test(self) -> None:
        source = self._source()
        if source is not None:
            self._desk.jobs.compute(self, partial(try_folder, source), self._tested, key="test")

    def _tested(self, found: tuple[int, str, str]) -> None:
        tell(self, gettext("The folder"), tested_words(*found))

    def _ask_forget(self) -> None:
        source = self._source()
        if source is not None:
            ask(
                self,
                gettext("Forget the source “{name}”?").format(name=source.name),
                gettext("What came from it stays in. Its folder is watched no more."),
                [
                    Verb(gettext("Forget"), partial(self._forget, source.id), Kind.DANGER),
                    Verb(gettext("Keep it")),
                ],
            )

    def _forget(self, source_id: int) -> None:
        self._write(lambda session, context: import_sources.forget(session, source_id, context))

    def _look_again(self) -> None:
        file = self._file()
        if file is not None:
            self._write(lambda session, context: import_sources.look_again(session, file.id, context))

    def _write(self, work: "Work") -> None:
        self._desk.jobs.write(self, work, lambda _none: self.reload())


def _read(session: "Session", context: Context) -> tuple[list[SourceRow], list[WatchedRow]]:
    return shown.sources(session, context), shown.recent_files(session, context)
