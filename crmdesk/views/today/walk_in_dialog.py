"""How many people came in: one number for a day, typed at the desk."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.db.session import Session
from crmdesk.queries import walk_ins
from crmdesk.services.walk_ins import MOST, CountWalkIns, count
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.days import Leaning
from crmdesk.views.support.desk import Desk
from crmdesk.views.support.fields import NumberField
from crmdesk.views.support.form_dialog import FormDialog


class WalkInDialog(FormDialog):
    """Day and number; a day that was counted shows its number."""

    def __init__(self, parent: QWidget, desk: Desk, today: date, done: Callable[[int], None]) -> None:
        """Begin with today; ``done`` gets the number when it is on disk."""
        super().__init__(
            parent,
            gettext("Count of walk-ins"),
            gettext("Keep"),
            gettext("Everybody who came in counts, members too. A later number takes the place of the earlier one."),
        )
        self._desk = desk
        self._done = done
        self.people = NumberField(gettext("&People"), required=True, most=MOST)
        self.day = DayField(gettext("&Day"), lambda: today, leaning=Leaning.PAST)
        self.day.set_required(required=True)
        self.day.set_value(today)
        self.day.changed.connect(self._read)
        self.add_row(people=self.people, day=self.day)
        self._read()

    def _read(self) -> None:
        day = self.day.value()
        if day is not None:
            self._desk.jobs.read(self, lambda session, context: _of_day(session, context, day), self._show, key="day")

    def _show(self, people: int | None) -> None:
        if people is not None and self.people.is_empty():
            self.people.set_value(people)
            self.people.line.selectAll()

    @override
    def send(self) -> None:
        day, people = self.day.value(), self.people.value()
        if day is None or people is None:
            self.save.setEnabled(True)
            return
        request = CountWalkIns(day, people)
        self._desk.jobs.write(self, lambda session, context: count(session, request, context), self._kept, self.refused)

    def _kept(self, people: int) -> None:
        self.accept()
        self._done(people)


def _of_day(session: Session, context: Context, day: date) -> int | None:
    return walk_ins.of_day(session, context.store.id, day)
