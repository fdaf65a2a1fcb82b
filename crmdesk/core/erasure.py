"""Erasing a person (domain rule 6, PIPL 47): what stands in the way, what was taken away, what stays and why."""

from dataclasses import dataclass, field
from enum import StrEnum

from crmdesk.core.errors import RefusedError

# What a wiped name says; lists and papers show the state in words beside it.
WIPED_NAME = "—"


class Obstacle(StrEnum):
    """Why a person cannot be erased yet."""

    OPEN_TICKET = "open_ticket"
    LOANER_OUT = "loaner_out"
    DEPOSIT_HELD = "deposit_held"
    STORED_VALUE = "stored_value"


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing that has to be settled first; ``number`` is that of a ticket or loan, ``fen`` an amount."""

    obstacle: Obstacle
    number: str = ""
    fen: int = 0


@dataclass(frozen=True, slots=True)
class ErasePlan:
    """What erasing somebody would do: rows by table, and what has to be settled before."""

    member_id: int
    version: int
    number: str
    name: str
    in_the_way: tuple[InTheWay, ...]
    goes: dict[str, int] = field(default_factory=dict)
    stays: dict[str, int] = field(default_factory=dict)


class EraseRefusedError(RefusedError):
    """Something of the person is still open."""

    def __init__(self, in_the_way: tuple[InTheWay, ...]) -> None:
        """Keep what has to be settled first."""
        super().__init__(", ".join(f"{one.obstacle} {one.number}" for one in in_the_way))
        self.in_the_way = in_the_way
