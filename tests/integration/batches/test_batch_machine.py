"""Any order of steps over a batch: lines, tickets and the place of the goods never contradict each other."""

from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from typing_extensions import override

from crmdesk.core.batch_rules import ARRIVED_AT, HERE
from crmdesk.core.batches import BatchLineState, BatchState
from crmdesk.core.errors import RefusedError
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import GoodsPlace, Liability, Remedy, TicketState
from crmdesk.queries import batches as batch_rows
from crmdesk.queries import batches_lines
from crmdesk.services import batches, batches_chase, batches_reply, batches_return, judgement, repair
from crmdesk.services.batches import PackTickets, SendBatch
from crmdesk.services.batches_reply import Reply
from crmdesk.services.batches_return import GoodsBack
from crmdesk.services.batches_steps import LineStep
from crmdesk.services.judgement import Judge
from tests.builders.batches import FREE, PAID, REFUSED, begun, lines_of, tickets
from tests.builders.repairs import seen, step
from tests.builders.shop import open_shop

_L = BatchLineState
PLACES = st.integers(0, 2)
ANSWERS = st.sampled_from([FREE, PAID, REFUSED])
# Where the goods of a line in a state may be.
AT = {
    _L.PACKED: HERE,
    _L.SENT: {GoodsPlace.TRANSIT},
    _L.ARRIVED: {GoodsPlace.HEAD_OFFICE},
    _L.REPLIED: {GoodsPlace.HEAD_OFFICE},
    _L.MISSING: {GoodsPlace.TRANSIT, GoodsPlace.HEAD_OFFICE},
}


class Batches(RuleBasedStateMachine):
    """Two batches, three suitcases; refused steps change nothing and are part of the game."""

    def __init__(self) -> None:
        super().__init__()
        self.shop = open_shop(Path(mkdtemp()))

    @initialize()
    def open(self) -> None:
        self.tickets = tickets(self.shop, 3)
        self.batches = [begun(self.shop), begun(self.shop)]

    def _lines(self) -> list[batches_lines.LineRow]:
        return [line for batch in self.batches for line in lines_of(self.shop, batch)]

    def _do(self, service: object, *args: object, role: Role = Role.CLERK, **more: object) -> None:
        with suppress(RefusedError):
            self.shop.do(service, *args, self.shop.context(role), **more)  # type: ignore[call-arg, arg-type]

    def _line(self, place: int) -> int:
        lines = self._lines()
        return lines[place % len(lines)].id if lines else 0

    @rule(batch=st.integers(0, 1), place=PLACES)
    def pack(self, batch: int, place: int) -> None:
        self._do(batches.pack, PackTickets(self.batches[batch], (self.tickets[place],)))

    @rule(place=PLACES)
    def take_out(self, place: int) -> None:
        self._do(batches.take_out, LineStep(self._line(place)))

    @rule(batch=st.integers(0, 1))
    def send(self, batch: int) -> None:
        self._do(batches.send, SendBatch(self.batches[batch], None, "顺丰", "SF1"))

    @rule(batch=st.integers(0, 1))
    def arrive(self, batch: int) -> None:
        self._do(batches_return.arrive, self.batches[batch])

    @rule(place=PLACES, answer=ANSWERS)
    def reply(self, place: int, answer: object) -> None:
        self._do(batches_reply.reply, Reply(self._line(place), None, answer))  # type: ignore[arg-type]

    @rule(place=PLACES, repaired=st.booleans(), shelf=st.sampled_from(["", "A3"]))
    def back(self, place: int, repaired: bool, shelf: str) -> None:  # noqa: FBT001 - drawn by hypothesis
        self._do(batches_return.take_back, GoodsBack(self._line(place), repaired=repaired, shelf=shelf))

    @rule(place=PLACES)
    def missing(self, place: int) -> None:
        self._do(batches_return.declare_missing, LineStep(self._line(place), None, "快递丢失"), role=Role.MANAGER)

    @rule(place=PLACES)
    def find(self, place: int) -> None:
        self._do(batches_return.find_again, LineStep(self._line(place)))

    @rule(place=PLACES)
    def chase(self, place: int) -> None:
        self._do(batches_chase.chase, (self._line(place),), "微信")

    @rule(batch=st.integers(0, 1))
    def close(self, batch: int) -> None:
        self._do(batches_return.close, self.batches[batch], None)

    @rule(place=PLACES, verb=st.sampled_from([repair.send_away, repair.receive_back, repair.start_work, repair.cancel]))
    def at_the_ticket(self, place: int, verb: object) -> None:
        self._do(verb, step(self.shop, self.tickets[place], "SF2"))

    @rule(place=PLACES, remedy=st.sampled_from([Remedy.REPAIR_FREE, Remedy.REFUSE, Remedy.REFUND]))
    def judge_in_the_store(self, place: int, remedy: Remedy) -> None:
        version = seen(self.shop, self.tickets[place]).version
        request = Judge(self.tickets[place], version, Liability.WEAR, remedy, "老化")
        self._do(judgement.judge, request, role=Role.MANAGER)

    @rule(place=PLACES)
    def give_back_unrepaired(self, place: int) -> None:
        self._do(repair.make_ready, step(self.shop, self.tickets[place]), shelf="B1")

    @invariant()
    def goods_are_where_their_line_says(self) -> None:
        for ticket_id in getattr(self, "tickets", ()):
            with self.shop.reading() as session:
                line = batches_lines.line_of_ticket(session, ticket_id, self.shop.context())
            ticket = seen(self.shop, ticket_id)
            if line is None:
                assert ticket.goods_place in HERE
            else:
                assert ticket.goods_place in AT[line.state]
                assert ticket.goods_place in {*HERE, GoodsPlace.TRANSIT, *ARRIVED_AT.values()}
            if ticket.state is TicketState.READY:
                assert ticket.goods_place in HERE
            if ticket.judgement is not None:
                assert Money.total(amount for _payer, amount in ticket.judgement.shares) in (
                    FREE.cost,
                    PAID.cost,
                    Money(0),
                )

    @invariant()
    def a_closed_batch_is_accounted_for(self) -> None:
        for batch_id in getattr(self, "batches", ()):
            with self.shop.reading() as session:
                row = batch_rows.batch(session, batch_id, self.shop.context())
            states = {line.state for line in lines_of(self.shop, batch_id)}
            if row.state is BatchState.CLOSED:
                assert not states & {_L.PACKED, _L.SENT}
            assert row.tally.out == row.tally.sent - row.tally.back
            assert row.tally.packed == len(
                [1 for line in lines_of(self.shop, batch_id) if line.state is not _L.TAKEN_OUT]
            )

    @override
    def teardown(self) -> None:
        self.shop.close()


TestBatches = Batches.TestCase
TestBatches.settings = settings(
    max_examples=25, stateful_step_count=22, deadline=None, suppress_health_check=list(HealthCheck)
)
