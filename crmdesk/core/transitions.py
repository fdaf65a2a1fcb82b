"""The one shape of every state table: from each state, the states that may follow."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

S = TypeVar("S", bound=StrEnum)

Table = Mapping[S, frozenset[S]]


def table(
    states: type[S], moves: Mapping[S, set[S]], *, from_any_open: S | None = None, ends: frozenset[S]
) -> Table[S]:
    """Complete ``moves`` into a table that names every state.

    Args:
        states: the enum; states without an entry get no way out.
        moves: what may follow what.
        from_any_open: a state that every state outside ``ends`` may also go to (cancelled).
        ends: states nothing follows except what ``moves`` says.
    """
    complete: dict[S, frozenset[S]] = {}
    for state in states:
        after = set(moves.get(state, set()))
        if from_any_open is not None and state not in ends:
            after.add(from_any_open)
        complete[state] = frozenset(after - {state})
    return complete
