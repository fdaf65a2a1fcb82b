"""Backups and history: what keeps the store's data safe, and who did what."""

from PySide6.QtWidgets import QWidget

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.roles import Right
from crmdesk.db.session import Session
from crmdesk.queries.audit import AuditRow, audit_page
from crmdesk.queries.looks import may_see_looks
from crmdesk.views.settings.audit_words import audit_act, audit_detail
from crmdesk.views.settings.search_part import SearchPart
from crmdesk.views.support.columns import Column
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.button import Button
from crmdesk.views.support.widgets.layouts import column, row
from crmdesk.views.support.widgets.text import Text


def _history(session: Session, context: Context) -> list[AuditRow]:
    return list(audit_page(session, context)) if context.may(Right.SEE_AUDIT) else []


def _columns(zone: str) -> list[Column[AuditRow]]:
    return [
        Column("at", mark("When"), lambda one: moment_text(one.at, zone), 110),
        Column("who", mark("Who"), lambda one: one.staff_name, 110),
        Column("desk", mark("Computer"), lambda one: one.desk, 110),
        Column("act", mark("Act"), lambda one: audit_act(one.act), 170),
        Column("detail", mark("Details"), lambda one: audit_detail(one.act, one.detail), 260, stretch=True),
    ]


class TrustPage(QWidget):
    """Back up, restore, and the newest lines of the audit."""

    def __init__(self, desk: Desk) -> None:
        """Build the page; history comes from the database."""
        super().__init__()
        self._desk = desk
        self.table: ListTable[AuditRow] = ListTable(_columns(desk.signin.context().store.zone), self)
        view = RowTableView(self.table, desk.settings, "audit")
        self.search = SearchPart(desk)
        layout = column(
            Text(gettext("Backups and history"), "title"),
            Banner(
                gettext("Backed up every hour when something changed, and when the program is closed."),
                gettext("A backup counts only after it was opened and compared with the store."),
                icon="shield-check",
            ),
            self._verbs(),
            self.search,
            Text(gettext("Who did what (newest first)"), "heading"),
            view,
            gap=3,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        self.reload()

    def _verbs(self) -> QWidget:
        back_up = Button(gettext("Back up now"), "database-backup", "primary")
        back_up.clicked.connect(lambda: self._desk.navigator.run("program.backup"))
        restore = Button(gettext("Restore a backup …"), "history")
        restore.clicked.connect(lambda: self._desk.navigator.run("program.restore"))
        looks = Button(gettext("Who looked at whom …"), "eye")
        looks.clicked.connect(lambda: self._desk.navigator.run("settings.looks"))
        if not may_see_looks(self._desk.signin.context()):
            looks.refuse(gettext("A manager or the owner sees who looked at members."))
        if not self._desk.signin.context().may(Right.BACKUP):
            restore.refuse(gettext("Only the owner or administrator restores."))
            back_up.refuse(gettext("Only the owner or administrator backs up by hand; it runs by itself."))
        holder = QWidget()
        holder.setLayout(row(back_up, restore, None, looks))
        return holder

    def reload(self) -> None:
        """Ask for the history and the state of the search again."""
        self.search.reload()
        self._desk.jobs.read(self, _history, self.table.set_rows, key="audit", background=True)
