"""A repair and its batch: the line its goods are on, the batches it could go into, the step that sends it."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from typing_extensions import override

from crmdesk.core.batch_rules import AWAY
from crmdesk.core.batches import BatchLineState, BatchParty
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.tickets import TicketState
from crmdesk.queries import batches_lines
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches, repair
from crmdesk.services.batches import PackTickets
from crmdesk.views.service.case import Case, CaseStep
from crmdesk.views.service.room import Room
from crmdesk.views.service.step_dialog import StepDialog
from crmdesk.views.support.fields import ChoiceField, LineField
from crmdesk.views.support.widgets.facts_table import Fact

if TYPE_CHECKING:
    from crmdesk.db.session import Session

LINK = "batch"
_NOTE_LENGTH = 80
_ALONE = 0


@dataclass(frozen=True, slots=True)
class TicketBatch:
    """``line`` is where the goods are packed or went; ``packing`` are key, number, destination of boxes still open."""

    line: LineRow | None = None
    packing: tuple[tuple[int, str, BatchParty], ...] = ()


def read(session: "Session", ticket_id: int, context: Context) -> TicketBatch:
    """Read what is known of a ticket's batch."""
    line = batches_lines.line_of_ticket(session, ticket_id, context)
    return TicketBatch(line, tuple(batches_lines.open_packing(session, context)))


def batch_of(case: Case) -> TicketBatch:
    """Give what was read with the case."""
    known = getattr(case.extra, "batch", None)
    return known if isinstance(known, TicketBatch) else TicketBatch()


def is_away(case: Case) -> bool:
    """Tell whether the goods are on the way, at head office or with a repairer."""
    return case.ticket.goods_place in AWAY


def line_away(case: Case) -> LineRow | None:
    """Give the line whose goods have left; None for goods that are here or only packed."""
    line = batch_of(case).line
    return line if line is not None and line.state is not BatchLineState.PACKED else None


def facts(case: Case) -> list[Fact]:
    """Give the row that leads to the batch."""
    line = batch_of(case).line
    if line is None:
        return []
    return [Fact(gettext("Batch"), f"{line.batch_number} · {label(line.state)}", link=LINK)]


def follow(room: Room, case: Case) -> None:
    """Open the batch of the case."""
    line = batch_of(case).line
    navigator = room.desk.navigator
    if line is not None and navigator.can_open(EntityKind.BATCH):
        navigator.open(EntityRef(EntityKind.BATCH, line.batch_id))


def send_away(room: Room, case: Case, why: str) -> CaseStep:
    """Put the goods into an open batch, or send them alone; packed ones lead to their batch."""
    line = batch_of(case).line
    if line is not None and line.state is BatchLineState.PACKED:
        words = gettext("Open batch {number}").format(number=line.batch_number)
        return CaseStep(words, "package", partial(follow, room, case))
    if not why and is_away(case):
        why = gettext("the goods are not here")
    return CaseStep(gettext("Send to head office"), "truck", lambda: SendAwayDialog(room, case).open(), why)


class SendAwayDialog(StepDialog):
    """Into the batch that is being packed, or a parcel of its own."""

    def __init__(self, room: Room, case: Case) -> None:
        """Begin with the newest batch that is being packed, where there is one."""
        super().__init__(room, case, gettext("Send to head office"), gettext("Goods are sent"))
        choices = [
            (gettext("Into batch {number}, {to}").format(number=number, to=label(party)), key)
            for key, number, party in batch_of(case).packing
        ]
        choices.append((gettext("A parcel of its own, sent now"), _ALONE))
        self.how = self.add("how", ChoiceField(gettext("&How"), choices, required=True))
        self.note = self.add("note", LineField(gettext("&Courier and number"), max_length=_NOTE_LENGTH))
        self.how.set_value(choices[0][1])
        self.how.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        alone = self.how.value() == _ALONE
        self.note.setVisible(alone)
        self.save.set_text(gettext("Goods are sent") if alone else gettext("Put into the batch"))

    @override
    def send(self) -> None:
        """Write the step."""
        batch_id = self.how.value()
        if not batch_id:
            request = self.step(self.note.typed())
            self.submit(lambda session, context: repair.send_away(session, request, context), self._sent)
        else:
            self.submit(partial(_pack, PackTickets(batch_id, (self.ticket.id,))), self._packed)

    def _sent(self, state: TicketState) -> str:
        return gettext("{number}: {state}").format(number=self.ticket.number, state=label(state))

    def _packed(self, number: str) -> str:
        return gettext("{number} is packed").format(number=number)


def _pack(request: PackTickets, session: "Session", context: Context) -> Outcome[str]:
    packed = batches.pack(session, request, context)
    return Outcome(packed.value[0].number, packed.changed)
