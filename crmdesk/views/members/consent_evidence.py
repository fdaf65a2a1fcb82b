"""The evidence of a member's consents: every answer that was ever given, with day, way, version and who noted it."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark
from crmdesk.core.labels import label
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.consent_wordings import ConsentRow, evidence
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView


def _columns(zone: str) -> list[Column[ConsentRow]]:
    return [
        Column("at", mark("When"), lambda one: moment_text(one.at, zone), 120),
        Column("purpose", mark("Purpose"), lambda one: label(one.purpose), 130),
        Column("channel", mark("Way"), lambda one: label(one.channel) if one.channel else gettext("every way"), 90),
        Column(
            "given",
            mark("Said"),
            lambda one: gettext("agreed") if one.given else gettext("refused"),
            90,
            ColumnKind.STATUS,
            tone=lambda one: Tone.OK if one.given else Tone.WARN,
            icon=lambda one: "check" if one.given else "x",
        ),
        Column("how", mark("Said how"), lambda one: one.how, 120, stretch=True),
        Column("wording", mark("Version of the wording"), lambda one: one.wording, 120),
        Column("staff", mark("Noted by"), lambda one: one.staff, 90),
    ]


class EvidenceDialog(FormDialog):
    """The list; nothing can be changed in it."""

    def __init__(self, parent: QWidget, desk: Desk, member: tuple[int, str]) -> None:
        """Ask for the answers of a member (key, name)."""
        member_id, name = member
        title = gettext("Evidence of the consents of {name}").format(name=name)
        super().__init__(parent, title, gettext("Close"), width=WIDE)
        self.table = ListTable(_columns(desk.signin.context().store.zone), self)
        self.view = RowTableView(self.table, desk.settings, "consent_evidence", self)
        words = gettext("Ask at the next visit; the answer is kept with day, way and version of the words.")
        self.view.set_empty("shield-check", gettext("Nothing asked yet."), words)
        self.add_part(self.view)

        def read(session: Session, context: Context) -> list[ConsentRow]:
            return evidence(session, member_id, context)

        desk.jobs.read(self, read, self.table.set_rows, key="evidence")

    @override
    def send(self) -> None:
        self.accept()
