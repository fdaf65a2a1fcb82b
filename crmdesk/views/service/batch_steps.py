"""The steps of a batch and of its lines as verbs, each with the reason why it is not possible now."""

from collections.abc import Callable, Sequence
from functools import partial

from crmdesk.core.batch_rules import OUT, UNANSWERED
from crmdesk.core.batches import BatchLineState, BatchState
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext
from crmdesk.core.labels import label
from crmdesk.core.papers import PaperKind
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.queries.batches import BatchRow
from crmdesk.queries.batches_lines import LineRow
from crmdesk.services import batches, batches_return
from crmdesk.services.batches import SendBatch
from crmdesk.services.batches_steps import LineStep
from crmdesk.views.service import batch_import_dialog, batch_papers
from crmdesk.views.service.batch_dialogs import BackDialog, ChaseDialog, SendDialog
from crmdesk.views.service.batch_reply_dialog import ReplyDialog
from crmdesk.views.service.batch_scan_dialog import ScanDialog, ScanKind
from crmdesk.views.service.case import CaseStep
from crmdesk.views.service.room import Room
from crmdesk.views.support.prompts import ask_reason

_B, _L = BatchState, BatchLineState
_LEFT = (_B.SENT, _B.ARRIVED)


class BatchSteps:
    """What can be done with one batch as it stands."""

    def __init__(self, room: Room, batch: BatchRow, lines: Sequence[LineRow], context: Context) -> None:
        """Keep the batch and who looks at it."""
        self.room = room
        self.batch = batch
        self.lines = lines
        self.context = context

    def primary(self) -> CaseStep | None:
        """Give the next step of the batch."""
        state = self.batch.state
        if state is _B.PACKING:
            return self.send() if self.batch.tally.packed else self.pack()
        if state is _B.SENT:
            return self.arrive_all()
        if state is _B.ARRIVED:
            return self.take_replies() if self.waiting() else self.back()
        return None

    def all(self) -> list[CaseStep]:
        """Give every step of the batch in its order."""
        return [
            self.pack(),
            self.send(),
            self.arrive_all(),
            self.arrive(),
            self.take_replies(),
            self.back(),
            self.chase(),
            self.close(),
            self.give_up(),
        ]

    def papers(self) -> list[CaseStep]:
        """Give what is printed and written; the first is what Ctrl+P prints."""
        batch = self.batch
        nothing = "" if batch.tally.packed else gettext("nothing is packed")
        answered = "" if nothing or self._unanswered() else gettext("everything is answered")
        make = partial(batch_papers.print_paper, self.room, batch)
        return [
            CaseStep(
                gettext("Print: packing list"), "printer", partial(make, PaperKind.PACKING_LIST), nothing, "Ctrl+P"
            ),
            CaseStep(
                gettext("Print: judgement form"),
                "printer",
                partial(make, PaperKind.JUDGEMENT_FORM),
                nothing or answered,
            ),
            CaseStep(
                gettext("Judgement form to Excel"),
                "file-spreadsheet",
                partial(batch_papers.write_form, self.room, batch),
                nothing or answered,
            ),
        ]

    def waiting(self) -> list[LineRow]:
        """Give the lines that have no answer yet."""
        return [line for line in self.lines if line.state in UNANSWERED]

    def _unanswered(self) -> bool:
        return any(line.state in UNANSWERED or line.state is _L.PACKED for line in self.lines)

    def pack(self) -> CaseStep:
        """Scan goods into the box."""
        why = self._why(legal=self.batch.state is _B.PACKING)
        return CaseStep(gettext("Pack by scan"), "scan-line", self._scan(ScanKind.PACK), why)

    def send(self) -> CaseStep:
        """Let the box leave."""
        why = self._why(legal=self.batch.state is _B.PACKING)
        if not why and not self.batch.tally.packed:
            why = gettext("nothing is packed")
        return CaseStep(gettext("Send the batch"), "truck", lambda: SendDialog(self.room, self.batch).open(), why)

    def arrive_all(self) -> CaseStep:
        """Note that the whole parcel has arrived."""
        travelling = any(line.state is _L.SENT for line in self.lines)
        why = self._why(legal=self.batch.state in _LEFT and travelling)
        batch_id, number = self.batch.id, self.batch.number

        def run() -> None:
            self.room.write(
                lambda session, context: batches_return.arrive(session, batch_id, context),
                lambda count: gettext("{number}: {count} arrived").format(number=number, count=count),
            )

        return CaseStep(gettext("Parcel has arrived"), "building-2", run, why)

    def arrive(self) -> CaseStep:
        """Scan what has arrived, piece by piece."""
        travelling = any(line.state is _L.SENT for line in self.lines)
        why = self._why(legal=self.batch.state in _LEFT and travelling)
        return CaseStep(gettext("Arrived, by scan"), "scan-line", self._scan(ScanKind.ARRIVE), why)

    def take_replies(self) -> CaseStep:
        """Take in the judgement form that came back."""
        why = self._why(legal=self.batch.state in _LEFT)
        if not why and not self.waiting():
            why = gettext("everything is answered")
        return CaseStep(
            gettext("Take in replies"), "file-spreadsheet", partial(batch_import_dialog.begin, self.room), why
        )

    def back(self) -> CaseStep:
        """Scan what is unpacked in the store."""
        out = any(line.state in OUT for line in self.lines)
        why = self._why(legal=out)
        return CaseStep(gettext("Goods back, by scan"), "package-check", self._scan(ScanKind.BACK), why)

    def chase(self) -> CaseStep:
        """Ask for what is not answered."""
        return chase(self.room, self.waiting(), self.context)

    def close(self) -> CaseStep:
        """Close a batch whose goods are all accounted for."""
        why = self._why(legal=self.batch.state in _LEFT)
        if not why and self.batch.tally.out > self.batch.tally.missing:
            why = gettext("goods are still out")
        batch = self.batch

        def run() -> None:
            self.room.write(
                lambda session, context: batches_return.close(session, batch.id, batch.version, context),
                lambda number: gettext("{number} is closed").format(number=number),
            )

        return CaseStep(gettext("Close the batch"), "circle-check", run, why)

    def give_up(self) -> CaseStep:
        """Give up a batch that has not left."""
        why = self._why(legal=self.batch.state is _B.PACKING)
        batch = self.batch

        def done(reason: str) -> None:
            request = SendBatch(batch.id, batch.version)
            self.room.write(
                lambda session, context: batches.cancel(session, request, context, reason=reason),
                lambda number: gettext("{number} is given up").format(number=number),
            )

        def run() -> None:
            title, verb = gettext("Give up batch {number}").format(number=batch.number), gettext("Give up batch")
            ask_reason(self.room.page, title, verb, done, text=gettext("What is packed is free again."))

        return CaseStep(gettext("Give up the batch"), "ban", run, why)

    def _scan(self, kind: ScanKind) -> Callable[[], None]:
        return lambda: ScanDialog(self.room, self.batch, kind).open()

    def _why(self, *, legal: bool) -> str:
        if not may_work(self.context):
            return gettext("not for your role")
        return "" if legal else gettext("not while “{state}”").format(state=label(self.batch.state))


def may_work(context: Context) -> bool:
    """Tell whether the person works with batches."""
    return context.may(Right.SERVE) or context.may(Right.JUDGE)


def chase(room: Room, lines: Sequence[LineRow], context: Context) -> CaseStep:
    """Ask again for the replies to ``lines``."""
    why = "" if may_work(context) else gettext("not for your role")
    if not why and not lines:
        why = gettext("everything is answered")
    return CaseStep(
        gettext("Ask for the reply"), "bell", lambda: ChaseDialog(room, lines, context.store.name).open(), why
    )


def line_steps(room: Room, line: LineRow, context: Context) -> list[CaseStep]:
    """Give what can be done with one line, the likely one first."""
    steps = [_reply(room, line), _back(room, line), _take_out(room, line), _missing(room, line, context)]
    steps.append(_found(room, line))
    if not may_work(context):
        steps = [CaseStep(one.text, one.icon, one.run, gettext("not for your role")) for one in steps]
    return [*steps, CaseStep(gettext("Open the order"), "arrow-right", partial(_open_ticket, room, line))]


def _not_now(line: LineRow, *, legal: bool) -> str:
    return "" if legal else gettext("not while “{state}”").format(state=label(line.state))


def _reply(room: Room, line: LineRow) -> CaseStep:
    why = gettext("replied already") if line.replied_at else _not_now(line, legal=line.state in OUT)
    return CaseStep(gettext("Enter the reply"), "message-square", lambda: ReplyDialog(room, line).open(), why)


def _back(room: Room, line: LineRow) -> CaseStep:
    why = _not_now(line, legal=line.state in OUT)
    return CaseStep(gettext("Goods are back"), "package-check", lambda: BackDialog(room, line).open(), why)


def _take_out(room: Room, line: LineRow) -> CaseStep:
    request, batch = LineStep(line.id, line.version), line.batch_number

    def run() -> None:
        room.write(
            lambda session, context: batches.take_out(session, request, context),
            lambda number: gettext("{number} taken out of {batch}").format(number=number, batch=batch),
        )

    why = _not_now(line, legal=line.state is _L.PACKED)
    return CaseStep(gettext("Take out of the batch"), "undo-2", run, why)


def _missing(room: Room, line: LineRow, context: Context) -> CaseStep:
    why = _not_now(line, legal=line.state in OUT - {_L.MISSING})
    if not context.may(Right.OVERRIDE):
        why = gettext("manager only")

    def done(reason: str) -> None:
        request = LineStep(line.id, line.version, reason)
        room.write(
            lambda session, context: batches_return.declare_missing(session, request, context),
            lambda number: gettext("{number} is declared missing").format(number=number),
        )

    def run() -> None:
        title = gettext("{number} is missing").format(number=line.ticket_number)
        usual = [gettext("lost by the courier"), gettext("not in the parcel")]
        ask_reason(room.page, title, gettext("Declare missing"), done, usual=usual)

    return CaseStep(gettext("Declare missing"), "triangle-alert", run, why)


def _found(room: Room, line: LineRow) -> CaseStep:
    request = LineStep(line.id, line.version)

    def run() -> None:
        room.write(
            lambda session, context: batches_return.find_again(session, request, context),
            lambda number: gettext("{number} is found again").format(number=number),
        )

    return CaseStep(gettext("Found there"), "search", run, _not_now(line, legal=line.state is _L.MISSING))


def _open_ticket(room: Room, line: LineRow) -> None:
    navigator = room.desk.navigator
    if navigator.can_open(EntityKind.TICKET):
        navigator.open(EntityRef(EntityKind.TICKET, line.ticket_id))
