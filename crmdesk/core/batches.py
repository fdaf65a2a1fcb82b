"""Batch words and state tables: goods that travel to head office or a repairer together (S5)."""

from enum import StrEnum

from crmdesk.core.transitions import Table, table


class BatchParty(StrEnum):
    """Who the goods go to."""

    HEAD_OFFICE = "head_office"
    VENDOR = "vendor"


class BatchState(StrEnum):
    """Where a batch is."""

    PACKING = "packing"
    SENT = "sent"
    ARRIVED = "arrived"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class BatchLineState(StrEnum):
    """Where one ticket's goods are within their batch."""

    PACKED = "packed"
    TAKEN_OUT = "taken_out"
    SENT = "sent"
    ARRIVED = "arrived"
    REPLIED = "replied"
    BACK = "back"
    MISSING = "missing"


_B = BatchState
_L = BatchLineState

TRANSITIONS: Table[BatchState] = table(
    BatchState,
    {_B.PACKING: {_B.SENT, _B.CANCELLED}, _B.SENT: {_B.ARRIVED, _B.CLOSED}, _B.ARRIVED: {_B.CLOSED}},
    ends=frozenset({_B.CLOSED, _B.CANCELLED}),
)

LINE_TRANSITIONS: Table[BatchLineState] = table(
    BatchLineState,
    {
        _L.PACKED: {_L.SENT, _L.TAKEN_OUT},
        _L.SENT: {_L.ARRIVED, _L.REPLIED, _L.BACK, _L.MISSING},
        _L.ARRIVED: {_L.REPLIED, _L.BACK, _L.MISSING},
        _L.REPLIED: {_L.BACK, _L.MISSING},
        # What was given up may still turn up.
        _L.MISSING: {_L.ARRIVED, _L.REPLIED, _L.BACK},
        # Into the same box again.
        _L.TAKEN_OUT: {_L.PACKED},
    },
    ends=frozenset({_L.BACK}),
)

# A ticket's goods are in at most one batch at a time.
UNDER_WAY = frozenset({_L.PACKED, _L.SENT, _L.ARRIVED, _L.REPLIED, _L.MISSING})
