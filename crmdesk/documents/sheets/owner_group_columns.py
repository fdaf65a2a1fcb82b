"""The computed columns of the owner's group sheets."""

from collections.abc import Callable, Sequence
from typing import Final

from crmdesk.core import figures
from crmdesk.core.i18n import mark
from crmdesk.core.money import FEN_PER_YUAN
from crmdesk.core.workbook_facts import CellKind
from crmdesk.core.workbook_tally import Group
from crmdesk.documents.sheets.owner_groups import GroupColumn, own

_INTEGER, _MONEY, _PERCENT, _DAYS = CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT, CellKind.DAYS
_KNOWN: Final = '*(repairs_on_time<>"")'


def _yuan(read: Callable[[Group], int]) -> Callable[[Group], float]:
    return lambda group: read(group) / FEN_PER_YUAN


def _matching(area: str) -> str:
    """Lines whose ``area`` is exactly the key; COUNTIFS would take ``*``, ``<`` or ``=`` in a name for an operator."""
    return f"EXACT({area},{{key}})"


def _count(area: str, also: str = "") -> str:
    return f"SUMPRODUCT({_matching(area)}*1{also})"


def _total(area: str, amounts: str) -> str:
    return f"SUMPRODUCT({_matching(area)}*1,{amounts})"


def _members(area: str) -> list[GroupColumn]:
    return [
        GroupColumn("members", mark("Members"), _INTEGER, _count(area), own(lambda g: g.members)),
        GroupColumn(
            "buyers",
            mark("Buyers in the period"),
            _INTEGER,
            _count(area, "*(members_purchase_days>0)"),
            own(lambda g: g.buyers),
        ),
        GroupColumn(
            "repeat",
            mark("Repeat rate"),
            _PERCENT,
            f"{_count(area, '*(members_purchase_days>1)')}/{_count(area, '*(members_purchase_days>0)')}",
            own(lambda g: figures.ratio(g.repeated, g.buyers)),
            total="",
        ),
    ]


def _receipts(area: str) -> list[GroupColumn]:
    return [
        GroupColumn(
            "receipts", mark("Receipts"), _INTEGER, _count(area, "*(purchases_net>=0)"), own(lambda g: g.tickets)
        ),
        GroupColumn(
            "per_receipt",
            mark("Items per receipt"),
            CellKind.DECIMAL,
            f"SUMPRODUCT({_matching(area)}*(purchases_net>=0),purchases_pieces)/{_count(area, '*(purchases_net>=0)')}",
            own(lambda g: figures.items_per_ticket(g.pieces, g.tickets)),
            total="",
        ),
        GroupColumn("net", mark("Net sales"), _MONEY, _total(area, "purchases_net"), own(_yuan(lambda g: g.net_fen))),
    ]


def _calls(area: str) -> list[GroupColumn]:
    attempted = "*(callbacks_attempts>0)"
    return [
        GroupColumn("callbacks", mark("Callbacks due"), _INTEGER, _count(area), own(lambda g: g.callbacks)),
        GroupColumn("attempted", mark("Attempted"), _INTEGER, _count(area, attempted), own(lambda g: g.attempted)),
        GroupColumn(
            "talked", mark("Talked"), _INTEGER, _count(area, "*(callbacks_talked={yes})"), own(lambda g: g.talked)
        ),
        GroupColumn(
            "reach",
            mark("Reach"),
            _PERCENT,
            f"{_count(area, '*(callbacks_talked={yes})')}/{_count(area, attempted)}",
            own(lambda g: figures.callback_reach(g.talked, g.attempted)),
            total="",
        ),
    ]


STORES: Final = (
    GroupColumn("repairs", mark("Repairs"), _INTEGER, _count("repairs_store"), own(lambda g: g.repairs)),
    GroupColumn(
        "days",
        mark("Turnaround, median days"),
        _DAYS,
        f"MEDIAN(IF({_matching('repairs_store')}*ISNUMBER(repairs_days),repairs_days))",
        own(lambda g: figures.median(g.days)),
        total="MEDIAN(repairs_days)",
        total_value=lambda groups: figures.median(day for group in groups for day in group.days),
        array=True,
    ),
    GroupColumn(
        "on_time",
        mark("On time"),
        _PERCENT,
        f"{_count('repairs_store', '*(repairs_on_time={yes})')}/{_count('repairs_store', _KNOWN)}",
        own(lambda g: figures.ratio(g.on_time, g.promised_and_ready)),
        total="",
    ),
    GroupColumn("complaints", mark("Complaints"), _INTEGER, _count("complaints_store"), own(lambda g: g.complaints)),
    GroupColumn(
        "compensation",
        mark("Compensation"),
        _MONEY,
        _total("complaints_store", "complaints_compensation"),
        own(_yuan(lambda g: g.compensation_fen)),
    ),
    GroupColumn("returns", mark("Return lines"), _INTEGER, _count("returns_store"), own(lambda g: g.returns)),
    GroupColumn("loans", mark("Loans"), _INTEGER, _count("loans_store"), own(lambda g: g.loans)),
    *_calls("callbacks_store"),
    *_members("members_store"),
    *_receipts("purchases_store"),
)

GUIDES: Final = (
    *_members("members_guide"),
    *_calls("callbacks_guide"),
    GroupColumn(
        "overdue",
        mark("Overdue"),
        _INTEGER,
        _count("callbacks_guide", "*(callbacks_overdue={yes})"),
        own(lambda g: g.overdue_callbacks),
    ),
    GroupColumn(
        "credited",
        mark("Sales credited"),
        _MONEY,
        _total("callbacks_guide", "callbacks_credited"),
        own(_yuan(lambda g: g.credited_fen)),
    ),
    *_receipts("purchases_guide"),
)

LEVELS: Final = (
    *_members("members_level"),
    GroupColumn(
        "net",
        mark("Net amount"),
        _MONEY,
        _total("members_level", "members_net"),
        own(_yuan(lambda g: g.member_net_fen)),
    ),
    GroupColumn(
        "per_buyer",
        mark("Net amount per buyer"),
        _MONEY,
        "E{row}/C{row}",
        own(lambda g: figures.ratio(g.member_net_fen / FEN_PER_YUAN, g.buyers)),
        total="",
    ),
    GroupColumn("points", mark("Points"), _INTEGER, _total("members_level", "members_points"), own(lambda g: g.points)),
    GroupColumn(
        "stored",
        mark("Stored value"),
        _MONEY,
        _total("members_level", "members_stored"),
        own(_yuan(lambda g: g.stored_fen)),
    ),
    GroupColumn(
        "lost", mark("Lost members"), _INTEGER, _count("members_level", "*(members_lost={yes})"), own(lambda g: g.lost)
    ),
)


def _complaints_up_to(groups: Sequence[Group], place: int) -> float | None:
    return figures.ratio(sum(g.complaints for g in groups[: place + 1]), sum(g.complaints for g in groups))


def _answers(area: str) -> tuple[GroupColumn, ...]:
    return (
        GroupColumn(
            "days",
            mark("Days to answer, median"),
            _DAYS,
            f"MEDIAN(IF({_matching(area)}*ISNUMBER(complaints_days),complaints_days))",
            own(lambda g: figures.median(g.answer_days)),
            total="MEDIAN(complaints_days)",
            total_value=lambda groups: figures.median(day for group in groups for day in group.answer_days),
            array=True,
        ),
        GroupColumn(
            "compensation",
            mark("Compensation"),
            _MONEY,
            _total(area, "complaints_compensation"),
            own(_yuan(lambda g: g.compensation_fen)),
        ),
    )


def _causes(area: str) -> tuple[GroupColumn, ...]:
    return (
        GroupColumn("complaints", mark("Complaints"), _INTEGER, _count(area), own(lambda g: g.complaints)),
        GroupColumn(
            "share",
            mark("Share"),
            _PERCENT,
            "B{row}/SUM(B${first}:B${last})",
            lambda groups, place: figures.ratio(groups[place].complaints, sum(g.complaints for g in groups)),
        ),
        GroupColumn(
            "cumulative",
            mark("Cumulative share"),
            _PERCENT,
            "SUM(B${first}:B{row})/SUM(B${first}:B${last})",
            _complaints_up_to,
            total="",
        ),
        *_answers(area),
    )


CAUSES: Final = _causes("complaints_root_cause")
CAUSE_PATHS: Final = _causes("complaints_cause")

CATEGORIES: Final = (
    GroupColumn("loaners", mark("Loaners"), _INTEGER, _count("loaners_category"), own(lambda g: g.loaners)),
    GroupColumn(
        "loans", mark("Times lent"), _INTEGER, _total("loaners_category", "loaners_loans"), own(lambda g: g.loans)
    ),
    GroupColumn(
        "lent_days",
        mark("Days lent"),
        _INTEGER,
        _total("loaners_category", "loaners_lent_days"),
        own(lambda g: g.lent_days),
    ),
    GroupColumn(
        "shelf_days",
        mark("Days on shelf"),
        _INTEGER,
        _total("loaners_category", "loaners_shelf_days"),
        own(lambda g: g.shelf_days),
    ),
    GroupColumn(
        "use",
        mark("Utilisation"),
        _PERCENT,
        "D{row}/(D{row}+E{row})",
        own(lambda g: figures.utilisation(g.lent_days, g.shelf_days)),
        total="SUM(loaners_lent_days)/(SUM(loaners_lent_days)+SUM(loaners_shelf_days))",
        total_value=lambda groups: figures.utilisation(
            sum(g.lent_days for g in groups), sum(g.shelf_days for g in groups)
        ),
    ),
)
