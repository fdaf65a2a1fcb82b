"""A repair becomes a return or a complaint, or comes back as a new repair."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from typing_extensions import override

from crmdesk.core.clock import day_in_zone
from crmdesk.core.fault_codes import codes_for, fault_name
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.repair_rules import INSTEAD
from crmdesk.core.settings_service import PROMISE_DAYS
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.services.repair_links import ComeBack, TurnInto, come_back, turn_into
from crmdesk.services.ticket_intake import TicketMade
from crmdesk.views.service.case import Case
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.day_field import DayField
from crmdesk.views.support.fields import ChoiceField, LineField, TextField

_REASON_LENGTH = 500
_WORDS_LENGTH = 4000


class TurnDialog(StepDialog):
    """Into what, and why; the goods go along, and the new order opens."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with what the judgement leads to."""
        text = gettext("A new order of the same customer about the same item; the goods go along, this repair ends.")
        super().__init__(room, case, gettext("Turn into another order"), gettext("Make the new order"), text)
        kinds = (TicketKind.RETURN, TicketKind.COMPLAINT)
        self._kind = self.add(
            "kind", ChoiceField(gettext("&Into"), [(label(one), one) for one in kinds], required=True)
        )
        judged = case.ticket.judgement
        self._kind.set_value(INSTEAD.get(judged.remedy, TicketKind.COMPLAINT) if judged else TicketKind.RETURN)
        self._reason = self.add("reason", LineField(gettext("&Reason"), required=True, max_length=_REASON_LENGTH))
        if judged is not None:
            self._reason.set_value(" · ".join(part for part in (label(judged.remedy), judged.cause) if part))
        self._words = self.add(
            "words", TextField(gettext("&What the customer says"), lines=3, max_length=_WORDS_LENGTH)
        )
        self._words.set_value(case.ticket.customer_words)

    @override
    def send(self) -> None:
        """Make the new order."""
        values: dict[str, Any] = self.fields.values()
        request = TurnInto(
            self.ticket.id, self.ticket.version, values["kind"], values["reason"] or "", values["words"] or ""
        )
        said = opened(self.room, gettext("{number} goes on as {new}").replace("{number}", self.ticket.number))
        self.submit(lambda session, context: turn_into(session, request, context), said)


class ComeBackDialog(StepDialog):
    """The item is here again: what the customer says, which fault, until when it is promised."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the fault of then and the usual time."""
        super().__init__(room, case, gettext("Comes back"), gettext("Take in again"), _since(case))
        self._words = self.add(
            "customer_words",
            TextField(gettext("&What the customer says"), required=True, lines=3, max_length=_WORDS_LENGTH),
        )
        codes = codes_for(case.ticket.category or ItemCategory.OTHER)
        codes = tuple(dict.fromkeys((*case.ticket.faults, *codes)))
        self._fault = ChoiceField(gettext("&Fault"), [(fault_name(code), code) for code in codes])
        self._fault.set_value(case.ticket.faults[0] if case.ticket.faults else None)
        self._promised = DayField(gettext("&Promised for"), case.context.today)
        self._promised.set_value(case.context.today() + timedelta(days=PROMISE_DAYS.default))
        self.add_row(fault=self._fault, promised_on=self._promised)
        self._accessories = self.add("accessories", LineField(gettext("&Accessories taken in")))
        self._accessories.set_hint(gettext("divided by commas"))

    @override
    def send(self) -> None:
        """Take the item in again."""
        values: dict[str, Any] = self.fields.values()
        names = (values["accessories"] or "").replace("、", ",").replace("，", ",").split(",")
        request = ComeBack(
            self.ticket.id,
            values["customer_words"],
            (values["fault"],) if values["fault"] else (),
            tuple(name.strip() for name in names if name.strip()),
            values["promised_on"],
        )
        said = opened(self.room, gettext("{number} came back as {new}").replace("{number}", self.ticket.number))
        self.submit(lambda session, context: come_back(session, request, context), said)


def _since(case: Case) -> str:
    back = case.ticket.handed_back_at
    if back is None:
        return ""
    days = (case.context.today() - day_in_zone(back, case.context.store.zone)).days
    if not days:
        return gettext("Handed back today. The new order is linked with this one.")
    words = ngettext(
        "Handed back {count} day ago. The new order is linked with this one.",
        "Handed back {count} days ago. The new order is linked with this one.",
        days,
    )
    return words.format(count=days)


def opened(room: Room, words: str) -> Callable[[TicketMade], str]:
    """Give what says a new order's number, and opens it."""

    def said(made: TicketMade) -> str:
        room.desk.navigator.open(EntityRef(EntityKind.TICKET, made.id))
        return words.replace("{new}", made.number)

    return said
