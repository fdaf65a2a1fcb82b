"""The figures of the owner's summary: formula over the sheets, our own value, published mark, definition in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from crmdesk.core import figures
from crmdesk.core.i18n import mark
from crmdesk.core.money import FEN_PER_YUAN
from crmdesk.core.workbook_facts import CellKind, OutsideCounts
from crmdesk.core.workbook_tally import Group

_INTEGER, _MONEY, _PERCENT, _DAYS = CellKind.INTEGER, CellKind.MONEY, CellKind.PERCENT, CellKind.DAYS


@dataclass(frozen=True, slots=True)
class Counted:
    """What the values are computed from: all lines, all months, and what was counted outside."""

    all: Group
    months: figures.Repeat
    outside: OutsideCounts


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the summary; an empty ``formula`` is a value that no sheet holds. ``mark`` is a published mark."""

    key: str
    title: str
    kind: CellKind
    formula: str
    value: Callable[[Counted], float | None]
    words: str
    mark: float | None = None


def _yuan(fen: int | None) -> float | None:
    return None if fen is None else fen / FEN_PER_YUAN


_REPAIRS: Final = (
    Figure(
        "repairs",
        mark("Repairs received"),
        _INTEGER,
        "COUNTA(repairs_number)",
        lambda c: c.all.repairs,
        mark("Repair tickets received in the period."),
    ),
    Figure(
        "turnaround",
        mark("Turnaround, median days"),
        _DAYS,
        "MEDIAN(repairs_days)",
        lambda c: figures.median(c.all.days),
        mark("Collected − received in calendar days; half of the repairs took at most this long."),
    ),
    Figure(
        "turnaround_late",
        mark("Turnaround, 90th percentile"),
        _DAYS,
        "PERCENTILE(repairs_days,0.9)",
        lambda c: figures.percentile(c.all.days, figures.LATE_PERCENTILE),
        mark("Nine of ten repairs took at most this long; between two ranks it is interpolated linearly."),
    ),
    Figure(
        "on_time",
        mark("On time"),
        _PERCENT,
        'COUNTIF(repairs_on_time,{yes})/SUMPRODUCT(1*(repairs_on_time<>""))',
        lambda c: figures.ratio(c.all.on_time, c.all.promised_and_ready),
        mark("Repairs ready on or before the promised day ÷ repairs that are ready and had a promise."),
    ),
    Figure(
        "at_head_office",
        mark("Waiting at head office"),
        _INTEGER,
        'COUNTIF(repairs_sent,"<="&period_as_of)-COUNTIF(repairs_back,"<="&period_as_of)',
        lambda c: c.all.at_head_office,
        mark("Sent to head office and not back on the day of counting."),
    ),
    Figure(
        "come_back",
        mark("Come-backs"),
        _PERCENT,
        "COUNTIF(repairs_come_back,{yes})/COUNTA(repairs_number)",
        lambda c: figures.ratio(c.all.come_backs, c.all.repairs),
        mark("Repairs of the same item and fault within 90 days after it was collected ÷ repairs received."),
    ),
    Figure(
        "uncollected",
        mark("Ready, not collected"),
        _INTEGER,
        "COUNT(repairs_uncollected_days)",
        lambda c: c.all.uncollected,
        mark("Finished goods that are still waiting for their owner on the day of counting."),
    ),
    Figure(
        "repair_cost",
        mark("Cost of repairs, all parties"),
        _MONEY,
        "SUM(repairs_cost)",
        lambda c: _yuan(c.all.repair_cost_fen),
        mark("What customer, store, head office, supplier and carrier pay together."),
    ),
)

_COMPLAINTS: Final = (
    Figure(
        "complaints",
        mark("Complaints received"),
        _INTEGER,
        "COUNTA(complaints_number)",
        lambda c: c.all.complaints,
        mark("Complaint tickets received in the period."),
    ),
    Figure(
        "acknowledged",
        mark("Acknowledged the same day"),
        _PERCENT,
        "COUNTIF(complaints_same_day,{yes})/COUNTA(complaints_number)",
        lambda c: figures.ratio(c.all.acknowledged_same_day, c.all.complaints),
        mark("Complaints acknowledged on the day they were received ÷ complaints received."),
    ),
    Figure(
        "answer_days",
        mark("Days to answer, median"),
        _DAYS,
        "MEDIAN(complaints_days)",
        lambda c: figures.median(c.all.answer_days),
        mark("Day the customer was told the decision − day received."),
    ),
    Figure(
        "compensation",
        mark("Compensation"),
        _MONEY,
        "SUM(complaints_compensation)",
        lambda c: _yuan(c.all.compensation_fen),
        mark("Money value of all remedies given for complaints."),
    ),
    Figure(
        "refunds",
        mark("Refunds on returns"),
        _MONEY,
        "SUM(returns_refund)",
        lambda c: _yuan(c.all.refund_fen),
        mark("Money given back on return lines."),
    ),
)

_LOANERS: Final = (
    Figure(
        "loans",
        mark("Loans"),
        _INTEGER,
        "COUNTA(loans_number)",
        lambda c: c.all.loans,
        mark("Lendings that touch the period."),
    ),
    Figure(
        "utilisation",
        mark("Loaner utilisation"),
        _PERCENT,
        "SUM(loaners_lent_days)/(SUM(loaners_lent_days)+SUM(loaners_shelf_days))",
        lambda c: figures.utilisation(c.all.lent_days, c.all.shelf_days),
        mark("Days lent ÷ (days lent + days on the shelf); days in repair count in neither."),
    ),
    Figure(
        "out_now",
        mark("Out now"),
        _INTEGER,
        'COUNTIF(loans_out,"<="&period_as_of)-COUNTIF(loans_back,"<="&period_as_of)',
        lambda c: c.all.out_now,
        mark("Loans not back on the day of counting."),
    ),
    Figure(
        "overdue_loans",
        mark("Overdue now"),
        _INTEGER,
        "COUNTIF(loans_overdue,{yes})",
        lambda c: c.all.overdue_loans,
        mark("Loans out now whose due day has passed."),
    ),
    Figure(
        "deposits",
        mark("Deposits held"),
        _MONEY,
        'SUMIF(loans_out,"<="&period_as_of,loans_deposit)-SUMIF(loans_back,"<="&period_as_of,loans_deposit)',
        lambda c: _yuan(c.all.deposits_held_fen),
        mark("Deposits of the loans out now."),
    ),
)

_CALLBACKS: Final = (
    Figure(
        "callbacks",
        mark("Callbacks due"),
        _INTEGER,
        'SUMPRODUCT(1*(callbacks_from<>""))',
        lambda c: c.all.callbacks,
        mark("Callbacks whose window begins in the period."),
    ),
    Figure(
        "reach",
        mark("Reach"),
        _PERCENT,
        'COUNTIF(callbacks_talked,{yes})/COUNTIF(callbacks_attempts,">0")',
        lambda c: figures.callback_reach(c.all.talked, c.all.attempted),
        mark("Talked ÷ attempted."),
    ),
    Figure(
        "satisfied",
        mark("Satisfied"),
        _PERCENT,
        'COUNTIF(callbacks_satisfied,{yes})/SUMPRODUCT(1*(callbacks_satisfied<>""))',
        lambda c: figures.ratio(c.all.satisfied, c.all.asked),
        mark("Said to be satisfied ÷ callbacks in which it was asked."),
    ),
    Figure(
        "overdue_callbacks",
        mark("Overdue"),
        _PERCENT,
        "COUNTIF(callbacks_overdue,{yes})/COUNT(callbacks_from)",
        lambda c: figures.ratio(c.all.overdue_callbacks, c.all.callbacks),
        mark("Not attempted inside the window ÷ callbacks due."),
    ),
    Figure(
        "credited",
        mark("Sales credited to care"),
        _MONEY,
        "SUM(callbacks_credited)",
        lambda c: _yuan(c.all.credited_fen),
        mark("Purchases within 14 days after a talk, each credited to the latest talk only."),
    ),
)

_SALES: Final = (
    Figure(
        "net_sales",
        mark("Net sales"),
        _MONEY,
        "SUM(purchases_net)",
        lambda c: _yuan(c.all.net_fen),
        mark("Sales − returns."),
    ),
    Figure(
        "net_sales_before",
        mark("Net sales, same period last year"),
        _MONEY,
        "",
        lambda c: _yuan(c.outside.net_sales_year_before_fen),
        mark("Sales − returns of the same days one year before."),
    ),
    Figure(
        "year_on_year",
        mark("Year on year"),
        _PERCENT,
        "figure_net_sales/figure_net_sales_before-1",
        lambda c: (
            None
            if c.outside.net_sales_year_before_fen is None
            else figures.year_on_year(c.all.net_fen, c.outside.net_sales_year_before_fen)
        ),
        mark("This period ÷ the same period last year − 1."),
    ),
    Figure(
        "return_rate",
        mark("Return rate by amount"),
        _PERCENT,
        '-SUMIF(purchases_net,"<0")/SUMIF(purchases_net,">=0")',
        lambda c: figures.return_rate(c.all.returned_fen, c.all.sales_fen),
        mark("Amount returned ÷ amount sold."),
    ),
    Figure(
        "return_rate_pieces",
        mark("Return rate by pieces"),
        _PERCENT,
        '-SUMIF(purchases_net,"<0",purchases_pieces)/SUMIF(purchases_net,">=0",purchases_pieces)',
        lambda c: figures.return_rate(c.all.pieces_back, c.all.pieces),
        mark("Pieces returned ÷ pieces sold."),
    ),
    Figure(
        "items_per_ticket",
        mark("Items per receipt"),
        CellKind.DECIMAL,
        'SUMIF(purchases_net,">=0",purchases_pieces)/COUNTIF(purchases_net,">=0")',
        lambda c: figures.items_per_ticket(c.all.pieces, c.all.tickets),
        mark("Pieces sold ÷ sales receipts."),
    ),
)
SECTIONS_HEAD: Final = (
    (mark("Repairs"), _REPAIRS),
    (mark("Complaints and returns"), _COMPLAINTS),
    (mark("Loaners"), _LOANERS),
    (mark("Callbacks"), _CALLBACKS),
    (mark("Sales"), _SALES),
)
