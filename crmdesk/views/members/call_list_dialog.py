"""A call list: who will be called, who is held back and why, by whom and when."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.roles import RIGHTS, Right
from crmdesk.core.tones import Tone
from crmdesk.db.session import Session
from crmdesk.queries.call_list import CallListPlan, HeldRow, call_list_plan
from crmdesk.queries.staff import ColleagueRow, colleagues
from crmdesk.services.call_lists import MOST_DAYS, CallListMade, MakeCallList, make_call_list
from crmdesk.views.support.columns import Column
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import ChoiceField, LineField, NumberField
from crmdesk.views.support.form_dialog import WIDE, FormDialog
from crmdesk.views.support.list_table import ListTable
from crmdesk.views.support.table_view import RowTableView
from crmdesk.views.support.widgets.banner import Banner
from crmdesk.views.support.widgets.text import Text


def why_words(row: HeldRow) -> str:
    """Say why somebody is not called."""
    return label(row.why) if row.why is not None else gettext("Such a call is open already")


_LONGEST, _USUAL_DAYS, _TABLE = 60, 3, 150
_COLUMNS: tuple[Column[HeldRow], ...] = (
    Column("number", mark("Member number"), lambda row: row.number, 120),
    Column("name", mark("Name"), lambda row: row.name, 160),
    Column("why", mark("Held back because"), why_words, 260, stretch=True),
)


def open_call_list(owner: QWidget, desk: Desk, member_ids: Sequence[int], subject: str) -> None:
    """Look who can be called, and ask about what, by whom and when."""
    keys = tuple(member_ids)

    def read(session: Session, context: Context) -> tuple[CallListPlan, list[ColleagueRow]]:
        roles = [role for role, rights in RIGHTS.items() if Right.CALL_ASSIGNED in rights]
        return call_list_plan(session, keys, context), colleagues(session, context, *roles)

    def show(found: tuple[CallListPlan, list[ColleagueRow]]) -> None:
        CallListDialog(owner, desk, keys, found, subject).open()

    desk.jobs.read(owner, read, show, key="call_list")


class CallListDialog(FormDialog):
    """Ctrl+Enter puts the calls on the list."""

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        keys: tuple[int, ...],
        found: tuple[CallListPlan, list[ColleagueRow]],
        subject: str,
    ) -> None:
        """Show the plan, and offer who may call."""
        plan, people = found
        count = len(plan.free)
        verb = ngettext("Put {count} call on the list", "Put {count} calls on the list", count).format(count=count)
        super().__init__(parent, gettext("Call list"), verb, width=WIDE)
        self._desk, self._keys, self.plan = desk, keys, plan
        self.subject = self.add("subject", LineField(gettext("A&bout"), required=True, max_length=_LONGEST))
        self.subject.set_value(subject)
        choices = [(f"{one.name} · {label(one.role)}", one.id) for one in people]
        self.owner = ChoiceField(gettext("Call&er"), choices, empty=gettext("Each member's own guide"))
        self.begins = DayField(gettext("&From"), lambda: desk.signin.context().today(), required=True)
        self.begins.set_value(desk.signin.context().today())
        self.days = NumberField(gettext("Over how many &days"), required=True, least=1, most=MOST_DAYS)
        self.days.set_value(_USUAL_DAYS)
        self.add_row(owner=self.owner, begins=self.begins, days=self.days)
        self._show_held(plan)
        if not count:
            self.save.refuse(gettext("Everybody here is held back."))

    def _show_held(self, plan: CallListPlan) -> None:
        if not plan.held:
            self.add_part(Text(gettext("Nobody is held back."), "soft"))
            return
        counted = Counter(why_words(row) for row in plan.held)
        count = len(plan.held)
        title = ngettext("{count} member is not called", "{count} members are not called", count).format(count=count)
        banner = Banner()
        banner.set(
            title, "  ·  ".join(f"{why} {many}" for why, many in counted.most_common()), Tone.WAITING, "phone-off"
        )
        self.add_part(banner)
        table: ListTable[HeldRow] = ListTable(_COLUMNS, self)
        table.set_rows(plan.held)
        view = RowTableView(table, self._desk.settings, "call_list_held", self)
        view.setAccessibleName(gettext("Held back"))
        view.setMinimumHeight(_TABLE)
        self.add_part(view)

    @override
    def send(self) -> None:
        request = MakeCallList(
            self._keys,
            self.subject.typed(),
            self.begins.value() or self._desk.signin.context().today(),
            self.days.value() or 1,
            self.owner.value(),
        )
        self._desk.jobs.write(
            self, lambda session, context: make_call_list(session, request, context), self._made, self.refused
        )

    def _made(self, made: CallListMade) -> None:
        self.accept()
        words = ngettext("{count} call is on the list", "{count} calls are on the list", made.made)
        see = (gettext("Show the callbacks"), lambda: self._desk.navigator.go("care"))
        self._desk.toasts.show(words.format(count=made.made), [see])
