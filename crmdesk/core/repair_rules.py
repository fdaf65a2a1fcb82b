"""Rules of a repair's ends: where its goods may be in which state, and where a judgement leads (domain rule 1)."""

from typing import Final

from crmdesk.core.tickets import GoodsPlace, Remedy, TicketKind, TicketState

_S, _P = TicketState, GoodsPlace

# In the shop; on the way, at head office, with a repairer.
HERE: Final = frozenset({_P.COUNTER, _P.SHELF})
# Nobody works on the ticket any more.
ENDED: Final = frozenset({_S.CANCELLED, _S.CLOSED})
_THERE: Final = frozenset({_P.HEAD_OFFICE, _P.VENDOR})
_ANYWHERE: Final = frozenset(GoodsPlace)

# Judgements after which the goods are neither repaired nor given back as they came: what the customer gets instead is
# carried out by a return (money, another piece) or a complaint (a voucher), which the repair is turned into.
INSTEAD: Final = {
    Remedy.REPLACE_SAME: TicketKind.RETURN,
    Remedy.REPLACE_COMPARABLE: TicketKind.RETURN,
    Remedy.REFUND: TicketKind.RETURN,
    Remedy.VOUCHER: TicketKind.COMPLAINT,
}

# Head office may answer, and the customer agree, before the goods are back.
_ANSWERED_AWAY: Final = HERE | _THERE
_PLACES: Final[dict[TicketState, frozenset[GoodsPlace]]] = {
    _S.DRAFT: HERE | {_P.NONE},
    _S.RECEIVED: HERE,
    _S.JUDGING: _ANSWERED_AWAY,
    _S.SENT: frozenset({_P.TRANSIT}),
    _S.AT_HEAD_OFFICE: _THERE,
    _S.RECEIVED_BACK: HERE,
    _S.QUOTED: _ANSWERED_AWAY,
    _S.DECLINED: _ANSWERED_AWAY,
    _S.EXPIRED: _ANSWERED_AWAY,
    _S.APPROVED: _ANSWERED_AWAY,
    _S.IN_WORK: HERE,
    _S.QUALITY_CHECK: HERE,
    _S.READY: HERE,
    _S.NOTIFIED: HERE,
    _S.COLLECTED: frozenset({_P.CUSTOMER}),
    _S.POSTED_BACK: frozenset({_P.TRANSIT}),
    _S.SCRAPPED: frozenset({_P.NONE}),
    _S.TURNED: frozenset({_P.NONE}),
    _S.CLOSED: frozenset({_P.CUSTOMER, _P.NONE}),
    # Cancelling says nothing about the goods: they still have to go back.
    _S.CANCELLED: _ANYWHERE,
}


def place_allowed(state: TicketState, place: GoodsPlace) -> bool:
    """Tell whether a repair's goods may be at ``place`` while it is in ``state``."""
    return place in _PLACES.get(state, frozenset())


def in_the_post(state: TicketState, place: GoodsPlace) -> bool:
    """Tell whether a ticket's goods are on their way to the customer; on the way for repair, the ticket is open."""
    return place is _P.TRANSIT and state in (_S.POSTED_BACK, _S.CANCELLED, _S.CLOSED)


def waits_for_goods(state: TicketState, place: GoodsPlace) -> bool:
    """Tell whether a ticket has ended but its goods are still in the shop and have to be handed back."""
    return state in ENDED and place in HERE
