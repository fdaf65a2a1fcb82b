"""Words of a complaint's proposals."""

from enum import StrEnum


class ProposalState(StrEnum):
    """Life of one proposal."""

    OPEN = "open"
    CHOSEN = "chosen"
    DROPPED = "dropped"
