"""The computed columns of the owner's weeks and months."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from crmdesk.core import figures
from crmdesk.core.i18n import mark
from crmdesk.core.money import FEN_PER_YUAN
from crmdesk.core.workbook_facts import CellKind
from crmdesk.core.workbook_tally import Group
from crmdesk.documents.sheets.owner_groups import GroupColumn, own

_INTEGER, _MONEY, _PERCENT, _DAYS = CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT, CellKind.DAYS
_SALE: Final = ',purchases_net,">=0"'


def _in_week(area: str) -> str:
    return f'{area},">="&{{key}},{area},"<"&({{key}}+7)'


def _in_month(area: str) -> str:
    return f'{area},">="&{{key}},{area},"<"&EDATE({{key}},1)'


_THIS_MONTH: Final = _in_month("purchases_day")

WEEKS: Final = (
    GroupColumn(
        "received",
        mark("Repairs received"),
        _INTEGER,
        f"COUNTIFS({_in_week('repairs_received')})",
        own(lambda g: g.repairs),
    ),
    GroupColumn(
        "collected",
        mark("Collected"),
        _INTEGER,
        f"COUNTIFS({_in_week('repairs_collected')})",
        own(lambda g: len(g.days)),
    ),
    GroupColumn(
        "median",
        mark("Turnaround, median days"),
        _DAYS,
        "MEDIAN(IF((repairs_collected>={key})*(repairs_collected<{key}+7),repairs_days))",
        own(lambda g: figures.median(g.days)),
        total="MEDIAN(repairs_days)",
        total_value=lambda groups: figures.median(day for group in groups for day in group.days),
        array=True,
    ),
    GroupColumn(
        "late",
        mark("Turnaround, 90th percentile"),
        _DAYS,
        "PERCENTILE(IF((repairs_collected>={key})*(repairs_collected<{key}+7),repairs_days),0.9)",
        own(lambda g: figures.percentile(g.days, figures.LATE_PERCENTILE)),
        total="PERCENTILE(repairs_days,0.9)",
        total_value=lambda groups: figures.percentile(
            (day for group in groups for day in group.days), figures.LATE_PERCENTILE
        ),
        array=True,
    ),
    GroupColumn(
        "ready",
        mark("Ready, promised"),
        _INTEGER,
        f'COUNTIFS({_in_week("repairs_ready")},repairs_promised,">0")',
        own(lambda g: g.promised_and_ready),
    ),
    GroupColumn(
        "on_time",
        mark("On time"),
        _PERCENT,
        f"COUNTIFS({_in_week('repairs_ready')},repairs_on_time,{{yes}})/F{{row}}",
        own(lambda g: figures.ratio(g.on_time, g.promised_and_ready)),
        total="COUNTIF(repairs_on_time,{yes})/SUM(weeks_ready)",
        total_value=lambda groups: figures.ratio(
            sum(g.on_time for g in groups), sum(g.promised_and_ready for g in groups)
        ),
    ),
)

MONTHS: Final = (
    GroupColumn("receipts", mark("Receipts"), _INTEGER, f"COUNTIFS({_THIS_MONTH}{_SALE})", own(lambda g: g.tickets)),
    GroupColumn(
        "pieces", mark("Pieces"), _INTEGER, f"SUMIFS(purchases_pieces,{_THIS_MONTH}{_SALE})", own(lambda g: g.pieces)
    ),
    GroupColumn(
        "per_receipt",
        mark("Items per receipt"),
        CellKind.DECIMAL,
        "C{row}/B{row}",
        own(lambda g: figures.items_per_ticket(g.pieces, g.tickets)),
        total="SUM(months_pieces)/SUM(months_receipts)",
        total_value=lambda groups: figures.items_per_ticket(
            sum(g.pieces for g in groups), sum(g.tickets for g in groups)
        ),
    ),
    GroupColumn(
        "net",
        mark("Net sales"),
        _MONEY,
        f"SUMIFS(purchases_net,{_THIS_MONTH})",
        own(lambda g: g.net_fen / FEN_PER_YUAN),
    ),
    GroupColumn(
        "returned",
        mark("Returned amount"),
        _MONEY,
        f'-SUMIFS(purchases_net,{_THIS_MONTH},purchases_net,"<0")',
        own(lambda g: g.returned_fen / FEN_PER_YUAN),
    ),
    GroupColumn("buyers", mark("Members who bought"), _INTEGER, "", own(lambda g: g.visits_of_month.buyers)),
    GroupColumn("twice", mark("On two days or more"), _INTEGER, "", own(lambda g: g.visits_of_month.repeated)),
    GroupColumn(
        "twice_share",
        mark("Two in a month"),
        _PERCENT,
        "H{row}/G{row}",
        own(lambda g: g.visits_of_month.share),
        total="SUM(months_twice)/SUM(months_buyers)",
        total_value=lambda groups: figures.ratio(
            sum(g.visits_of_month.repeated for g in groups), sum(g.visits_of_month.buyers for g in groups)
        ),
    ),
)


def every_week(groups: dict[date, Group], first: date, last: date) -> list[tuple[date, Group]]:
    """Give the weeks (Mondays) from ``first`` to ``last`` without a gap, and those outside that have something."""
    return _every(groups, first - timedelta(days=first.weekday()), last, lambda day: day + timedelta(days=7))


def every_month(groups: dict[date, Group], first: date, last: date) -> list[tuple[date, Group]]:
    """Give the months (their first days) from ``first`` to ``last`` without a gap, and those outside."""
    return _every(groups, first.replace(day=1), last, lambda day: (day + timedelta(days=31)).replace(day=1))


def _every(
    groups: dict[date, Group], first: date, last: date, following: Callable[[date], date]
) -> list[tuple[date, Group]]:
    days = set(groups)
    day = min([first, *days])
    end = max([last, *days])
    while day <= end:
        days.add(day)
        day = following(day)
    return [(day, groups.get(day) or Group()) for day in sorted(days)]
