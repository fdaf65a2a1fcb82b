"""Thousands of steps over many repairs: every edge of the repair graph is gone, and everything stays in order."""

from itertools import pairwise
from typing import Final

from sqlalchemy import select

from crmdesk.core.repair_rules import place_allowed
from crmdesk.core.tickets import REPAIR_TRANSITIONS, GoodsPlace, TicketState
from crmdesk.models.ticket import TicketEvent
from tests.builders.repair_machine import RepairDesk

ROUNDS: Final = 40
STEPS: Final = 250
TICKETS: Final = 6
ODD: Final = 0.25  # how often something is tried that nobody would try now
# Gone only with replies of head office, which the machine of batches brings; a draft is never written.
_BY_REPLY: Final = frozenset({TicketState.AT_HEAD_OFFICE, TicketState.DRAFT})
# Whoever judges goods that came back brings them to judging first.
_NEVER: Final = frozenset({(TicketState.RECEIVED_BACK, TicketState.APPROVED)})

Edge = tuple[TicketState, TicketState]


def campaign(*, short: bool = False) -> list[str]:
    """Give what failed: rules that broke, and edges that were never gone."""
    failed: list[str] = []
    gone: set[Edge] = set()
    for seed in range(ROUNDS // 10 if short else ROUNDS):
        failed += one_round(seed, gone)
    wanted = {
        (before, after)
        for before, afters in REPAIR_TRANSITIONS.items()
        for after in afters
        if not _BY_REPLY & {before, after} and (before, after) not in _NEVER
        if any(place_allowed(before, place) for place in GoodsPlace)
    }
    missing = sorted(f"{before} → {after}" for before, after in wanted - gone)
    if not short:
        failed += [f"never gone: {edge}" for edge in missing]
    print(f"    {len(wanted & gone)} of {len(wanted)} edges gone")
    return failed


def one_round(seed: int, gone: set[Edge]) -> list[str]:
    """Play one store; collects the edges that were gone."""
    desk = RepairDesk(seed)
    try:
        for _once in range(TICKETS):
            desk.take_in()
        for turn in range(STEPS):
            ticket_id = desk.chance.choice(desk.tickets)
            odd = desk.chance.random() < ODD
            name = desk.chance.choice(sorted(desk.steps())) if odd else desk.likely(ticket_id)
            desk.attempt(name, ticket_id)
            desk.check([ticket_id])
            if desk.chance.random() < 0.05:
                desk.wait(desk.chance.randint(1, 10))
            if turn % 50 == 0:
                desk.check()
        desk.check()
        desk.check_audit()
    except AssertionError as error:
        return [f"seed {seed}: {error}"]
    finally:
        gone |= _edges(desk)
        desk.close()
    return []


def _edges(desk: RepairDesk) -> set[Edge]:
    with desk.shop.reading() as session:
        found = session.execute(select(TicketEvent.ticket_id, TicketEvent.state).order_by(TicketEvent.id)).all()
    ways: dict[int, list[TicketState]] = {}
    for ticket_id, state in found:
        if ticket_id in desk.tickets:
            ways.setdefault(ticket_id, []).append(state)
    return {(before, after) for way in ways.values() for before, after in pairwise(way) if before is not after}
