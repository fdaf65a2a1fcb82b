"""Any order of steps on several repairs leaves states, goods, money, loaners, time line and audit in order."""

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from crmdesk.core.repair_rules import place_allowed
from crmdesk.core.tickets import GoodsPlace, TicketState
from tests.builders.repair_machine import RepairDesk

STEPS = sorted(RepairDesk.steps.__get__(object.__new__(RepairDesk))())
MOST = 3


class RepairMachine(RuleBasedStateMachine):
    """Steps in any order on up to three repairs."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = RepairDesk()

    @initialize(seed=st.integers(0, 10_000))
    def begin(self, seed: int) -> None:
        self.desk.chance.seed(seed)
        self.desk.take_in()

    @precondition(lambda self: len(self.desk.tickets) < MOST)
    @rule()
    def take_in(self) -> None:
        self.desk.take_in()

    @rule(name=st.sampled_from(STEPS), place=st.integers(0, 20))
    def step(self, name: str, place: int) -> None:
        self.desk.attempt(name, self.desk.tickets[place % len(self.desk.tickets)])

    @rule(place=st.integers(0, 20), times=st.integers(1, 4))
    def go_on(self, place: int, times: int) -> None:
        ticket_id = self.desk.tickets[place % len(self.desk.tickets)]
        for _once in range(times):
            self.desk.attempt(self.desk.likely(ticket_id), ticket_id)

    @rule(days=st.integers(1, 12))
    def wait(self, days: int) -> None:
        self.desk.wait(days)

    @invariant()
    def everything_is_in_order(self) -> None:
        self.desk.check()

    @override
    def teardown(self) -> None:
        self.desk.check_audit()
        self.desk.close()


# Without shrinking, which takes minutes.
RepairMachine.TestCase.settings = settings(
    max_examples=6,
    stateful_step_count=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
TestAnyOrder = RepairMachine.TestCase


def test_every_state_of_a_repair_says_where_its_goods_may_be() -> None:
    here = {state for state in TicketState if place_allowed(state, GoodsPlace.SHELF)}
    assert TicketState.READY in here
    assert TicketState.SENT not in here
    assert not place_allowed(TicketState.READY, GoodsPlace.HEAD_OFFICE)
    assert all(place_allowed(TicketState.CANCELLED, place) for place in GoodsPlace)
