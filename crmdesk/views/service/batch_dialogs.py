"""The short forms around a batch: begin, send, goods back, chase, give up."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from typing_extensions import override

from crmdesk.core.batch_errors import VendorTakenError
from crmdesk.core.batches import BatchParty
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.tickets import TicketState
from crmdesk.queries.batches import BatchRow, VendorRow
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches, batches_chase, batches_return, batches_vendors
from crmdesk.services.batches import BatchMade, MakeBatch, SendBatch
from crmdesk.services.batches_return import GoodsBack
from crmdesk.services.batches_vendors import VendorFacts
from crmdesk.views.service.batch_words import chase_text
from crmdesk.views.service.room import Room, Work
from crmdesk.views.service.shelf_put_dialog import put_action
from crmdesk.views.support.clipboard import copy_text
from crmdesk.views.support.fields import ChoiceField, LineField, TextField, TickField
from crmdesk.views.support.form_dialog import NARROW, FormDialog

if TYPE_CHECKING:
    from crmdesk.core.context import Context
    from crmdesk.core.outcome import Outcome
    from crmdesk.db.session import Session

T = TypeVar("T")
_CODE, _LINE, _NOTE = 40, 120, 1000
COURIERS = ("顺丰速运", "京东物流", "中通快递", "圆通速递", "EMS")


class BatchDialog(FormDialog):
    """A form that writes one step; it closes when that is on disk."""

    def __init__(self, room: Room, title: str, verb: str, text: str = "", width: int = NARROW) -> None:
        """Open over the room's page."""
        super().__init__(room.page, title, verb, text, width)
        self.room = room

    def submit(self, work: Work[T], done: Callable[[T], None]) -> None:
        """Write, close, then tell."""

        def written(value: T) -> None:
            self.accept()
            done(value)

        self.room.desk.jobs.write(self, work, written, self.refused)


class NewBatchDialog(BatchDialog):
    """Where a new batch goes."""

    def __init__(self, room: Room, vendors: Sequence[VendorRow], made: Callable[[BatchMade], None]) -> None:
        """Offer head office and the repairers in use."""
        super().__init__(room, gettext("New batch"), gettext("Begin batch"))
        self._made = made
        choices: list[tuple[str, int]] = [(label(BatchParty.HEAD_OFFICE), 0)]
        choices += [(one.name, one.id) for one in vendors if one.active]
        self.to = self.add("vendor_id", ChoiceField(gettext("&To"), choices, required=True))
        self.to.set_value(0)
        self.note = self.add("note", LineField(gettext("&Note"), max_length=_LINE))

    @override
    def send(self) -> None:
        vendor = self.to.value()
        party = BatchParty.VENDOR if vendor else BatchParty.HEAD_OFFICE
        request = MakeBatch(party, vendor or None, self.note.typed())
        self.submit(lambda session, context: batches.make(session, request, context), self._made)


class SendDialog(BatchDialog):
    """The courier and the tracking number of a batch that leaves."""

    def __init__(self, room: Room, batch: BatchRow) -> None:
        """Send ``batch``."""
        count = batch.tally.packed
        text = ngettext("{count} piece leaves the store.", "{count} pieces leave the store.", count)
        super().__init__(
            room, gettext("Send batch {number}").format(number=batch.number), gettext("Send"), text.format(count=count)
        )
        self._batch = batch
        self.courier = self.add("courier", LineField(gettext("&Courier"), max_length=_CODE))
        self.courier.suggest(COURIERS)
        self.tracking = self.add(
            "tracking", LineField(gettext("&Tracking number"), max_length=_CODE, hint=gettext("type or scan"))
        )

    @override
    def send(self) -> None:
        request = SendBatch(self._batch.id, self._batch.version, self.courier.typed(), self.tracking.typed())
        number = self._batch.number

        def said(count: int) -> None:
            words = ngettext("{number}: {count} piece sent", "{number}: {count} pieces sent", count)
            self.room.say(words.format(number=number, count=count))

        self.submit(lambda session, context: batches.send(session, request, context), said)


class BackDialog(BatchDialog):
    """One ticket's goods are in the store again."""

    def __init__(self, room: Room, line: LineRow) -> None:
        """Take in the goods of ``line``."""
        about = f"{line.ticket_number} · {line.member_name} · {line.item}"
        super().__init__(room, gettext("Goods are back"), gettext("Take in"), about)
        self._line = line
        self.condition = self.add("condition", LineField(gettext("&Condition when unpacked"), max_length=_NOTE))
        self.condition.suggest([gettext("as expected"), gettext("damaged on the way")])
        self.repaired = self.add("repaired", TickField(gettext("&Repaired there")))
        self.repaired.set_value(value=line.ticket_state is TicketState.APPROVED)
        self.shelf = LineField(gettext("&Shelf"), max_length=_CODE, hint=gettext("type or scan"), example="A3")
        self.courier = LineField(gettext("Co&urier"), max_length=_CODE)
        self.courier.suggest(COURIERS)
        self.tracking = LineField(gettext("&Tracking number"), max_length=_CODE)
        self.add("shelf", self.shelf)
        self.add_row(courier=self.courier, tracking=self.tracking)

    @override
    def send(self) -> None:
        request = GoodsBack(
            self._line.id,
            self._line.version,
            repaired=bool(self.repaired.value()),
            condition=self.condition.typed(),
            courier=self.courier.typed(),
            tracking=self.tracking.typed(),
            shelf=self.shelf.typed(),
        )
        number = self._line.ticket_number

        def said(state: TicketState) -> None:
            put_away = [] if request.shelf else [put_action(self.room, number)]
            self.room.say(gettext("{number}: {state}").format(number=number, state=label(state)), put_away)

        self.submit(lambda session, context: batches_return.take_back(session, request, context), said)


class ChaseDialog(BatchDialog):
    """The message that asks for overdue replies; it is copied and the chase is noted."""

    def __init__(self, room: Room, lines: Sequence[LineRow], store: str) -> None:
        """Ask about ``lines``."""
        text = gettext("The message is copied; paste it into the chat with head office or the repairer.")
        super().__init__(room, gettext("Ask for the reply"), gettext("Copy and note"), text)
        self._ids = tuple(line.id for line in lines)
        self.message = self.add("message", TextField(gettext("&Message"), lines=6, max_length=4000))
        self.message.set_value(chase_text(lines, store))
        self.by = self.add("by", LineField(gettext("&How"), max_length=_LINE))
        self.by.suggest([gettext("WeChat"), gettext("by phone"), gettext("by e-mail")])

    @override
    def send(self) -> None:
        words, ids = self.by.typed(), self._ids
        copy_text(self.message.typed())

        def said(count: int) -> None:
            note = ngettext("{count} order chased, message copied", "{count} orders chased, message copied", count)
            self.room.say(note.format(count=count))

        self.submit(lambda session, context: batches_chase.chase(session, ids, words, context), said)


class VendorDialog(BatchDialog):
    """A repairer's facts."""

    problem_fields: ClassVar = {VendorTakenError: "name"}

    def __init__(self, room: Room, vendor: VendorRow | None, saved: Callable[[], None]) -> None:
        """Change ``vendor``, or add one."""
        title = gettext("Change repairer") if vendor else gettext("New repairer")
        super().__init__(room, title, gettext("Save"))
        self._vendor = vendor
        self._saved = saved
        self.add("name", LineField(gettext("&Name"), required=True, max_length=_LINE))
        self.add_row(
            contact=LineField(gettext("&Contact"), max_length=_LINE),
            phone=LineField(gettext("&Phone"), max_length=_CODE),
        )
        self.add("address", LineField(gettext("&Address"), max_length=_LINE))
        self.add("work", LineField(gettext("&What they repair"), max_length=_LINE))
        self.add("active", TickField(gettext("&In use")))
        known: Any = vendor
        for name, field in self.fields.fields().items():
            field.set_value(getattr(known, name) if vendor else name == "active" or None)

    @override
    def send(self) -> None:
        values: dict[str, Any] = self.fields.values()
        words = {name: str(value or "") for name, value in values.items() if name != "active"}
        facts = VendorFacts(**words, active=bool(values["active"]))
        vendor = self._vendor

        def work(session: "Session", context: "Context") -> "Outcome[int]":
            if vendor is None:
                return batches_vendors.add(session, facts, context)
            return batches_vendors.edit(session, vendor.id, vendor.version, facts, context)

        self.submit(work, lambda _key: self._saved())
