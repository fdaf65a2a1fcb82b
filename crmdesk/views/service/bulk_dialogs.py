"""What is asked before one thing is done with many tickets: who, on which day, in which words."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.papers import PaperKind
from crmdesk.core.tickets import TellChannel
from crmdesk.queries.staff import ColleagueRow, colleagues
from crmdesk.queries.ticket_rows import rows
from crmdesk.services import pickup, repair
from crmdesk.services.ticket_owner import GiveTicket, give
from crmdesk.services.ticket_steps import Step
from crmdesk.views.service.bulk import OneStep, run_bulk
from crmdesk.views.service.room import Room
from crmdesk.views.service.ticket_printing import Printing, print_paper
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.form_dialog import FormDialog

if TYPE_CHECKING:
    from crmdesk.db.session import Session

_NOTE_LENGTH = 500


class _ManyDialog(FormDialog):
    """Asks about some tickets, then does it with each."""

    def __init__(self, room: Room, keys: Sequence[int], title: str, verb: str, text: str = "") -> None:
        super().__init__(room.page, title.format(count=len(keys)), verb, text)
        self._room = room
        self._keys = tuple(keys)

    def run(self, act: OneStep, said: Callable[[int], str], note: str = "") -> None:
        """Close and begin."""
        self.accept()
        run_bulk(self._room, self._keys, act, said, note)


class GiveDialog(_ManyDialog):
    """Who sees to the tickets from now on."""

    def __init__(self, room: Room, keys: Sequence[int], people: Sequence[ColleagueRow]) -> None:
        """Offer ``people``."""
        title = ngettext("Give {count} order to …", "Give {count} orders to …", len(keys))
        super().__init__(room, keys, title, gettext("Give"))
        choices = [(f"{one.name} · {label(one.role)}", one) for one in people]
        self._person = self.add(
            "person", ChoiceField(gettext("&Colleague"), choices, required=True, empty=gettext("Choose a person"))
        )

    @override
    def send(self) -> None:
        """Give them."""
        person = self._person.value()
        if person is None:
            return
        words = ngettext("{count} order given to {name}", "{count} orders given to {name}", len(self._keys))

        def act(session: "Session", step: Step, context: Context) -> Outcome[object]:
            made = give(session, GiveTicket(step.ticket_id, person.id), context)
            return Outcome(made.value, made.changed)

        self.run(act, lambda count: words.format(count=count, name=person.name))


class DateDialog(_ManyDialog):
    """Another day on which all of them are expected."""

    def __init__(self, room: Room, keys: Sequence[int]) -> None:
        """Ask for the day and why."""
        title = ngettext("Expect {count} order on …", "Expect {count} orders on …", len(keys))
        text = gettext("What was promised to the customers stays as it is.")
        super().__init__(room, keys, title, gettext("Change date"), text)
        today = room.desk.signin.context().today
        self._day = self.add("estimated_on", DayField(gettext("&Expected on"), today, required=True))
        self._note = self.add("note", LineField(gettext("&Why"), max_length=_NOTE_LENGTH))

    @override
    def send(self) -> None:
        """Change the date."""
        day = self._day.value()
        if day is not None:
            self.run(partial(_expect, day), _dated, self._note.typed())


def _expect(day: date, session: "Session", step: Step, context: Context) -> Outcome[object]:
    made = repair.change_estimate(session, step, context, estimated_on=day)
    return Outcome(made.value, made.changed)


def _dated(count: int) -> str:
    return ngettext("Date changed on {count} order", "Date changed on {count} orders", count).format(count=count)


class ToldDialog(_ManyDialog):
    """All these customers were told that their goods are ready."""

    def __init__(self, room: Room, keys: Sequence[int]) -> None:
        """Ask how they were told."""
        title = ngettext("{count} customer was told", "{count} customers were told", len(keys))
        text = gettext("Only orders whose goods are ready are changed.")
        super().__init__(room, keys, title, gettext("Customers are told"), text)
        ways = [(label(way), way) for way in TellChannel]
        self._way = self.add("channel", ChoiceField(gettext("&How"), ways, required=True))
        self._way.set_value(TellChannel.MESSAGE)

    @override
    def send(self) -> None:
        """Note it on each."""
        way = self._way.value()
        if way is not None:
            self.run(partial(_tell, way), _noted)


def _tell(way: TellChannel, session: "Session", step: Step, context: Context) -> Outcome[object]:
    made = pickup.tell(session, step, context, channel=way)
    return Outcome(made.value, made.changed)


def _noted(count: int) -> str:
    return ngettext("{count} customer noted as told", "{count} customers noted as told", count).format(count=count)


def bulk_actions(room: Room, keys: Sequence[int]) -> list[QAction]:
    """Give what can be done with many tickets at once."""

    def ask_person() -> None:
        def show(people: list[ColleagueRow]) -> None:
            GiveDialog(room, keys, people).open()

        room.desk.jobs.read(room.page, colleagues, show, key="colleagues")

    def print_tags() -> None:
        def show(numbers: dict[int, str]) -> None:
            for key in keys:
                if key in numbers:
                    print_paper(room, Printing(PaperKind.BAG_TAG, key, numbers[key]))

        room.desk.jobs.read(room.page, partial(_numbers, keys), show, key="numbers")

    verbs = (
        (gettext("Give to a colleague …"), ask_person),
        (gettext("Change the expected date …"), lambda: DateDialog(room, keys).open()),
        (gettext("Customers were told …"), lambda: ToldDialog(room, keys).open()),
        (gettext("Print bag tags"), print_tags),
    )
    return [_action(room, words, run) for words, run in verbs]


def _numbers(keys: Sequence[int], session: "Session", context: Context) -> dict[int, str]:
    return {row.id: row.number for row in rows(session, keys, context)}


def _action(room: Room, words: str, run: Callable[[], None]) -> QAction:
    action = QAction(words, room.page)
    action.triggered.connect(lambda _checked=False: run())
    return action
