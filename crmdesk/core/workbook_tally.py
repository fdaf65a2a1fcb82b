"""Counts the lines of the owner's workbook as they stream by, so that each formula can carry the value it has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from crmdesk.core import figures
from crmdesk.core.tickets import GOODS_GONE
from crmdesk.core.workbook_facts import (
    CallbackLine,
    Cell,
    ComplaintLine,
    LoanerLine,
    LoanLine,
    MemberLine,
    PurchaseLine,
    RepairLine,
    ReturnLine,
)


@dataclass(slots=True)
class Group:
    """Counts of one store, guide, level, cause, week, month, category, or of everything."""

    repairs: int = 0
    days: list[int] = field(default_factory=list)
    on_time: int = 0
    promised_and_ready: int = 0
    at_head_office: int = 0
    come_backs: int = 0
    uncollected: int = 0
    repair_cost_fen: int = 0
    customer_fen: int = 0
    complaints: int = 0
    answer_days: list[int] = field(default_factory=list)
    acknowledged_same_day: int = 0
    complaints_closed: int = 0
    compensation_fen: int = 0
    returns: int = 0
    refund_fen: int = 0
    loaners: int = 0
    lent_days: int = 0
    shelf_days: int = 0
    loans: int = 0
    out_now: int = 0
    overdue_loans: int = 0
    deposits_held_fen: int = 0
    kept_fen: int = 0
    callbacks: int = 0
    attempted: int = 0
    talked: int = 0
    overdue_callbacks: int = 0
    asked: int = 0
    satisfied: int = 0
    credited_fen: int = 0
    members: int = 0
    new_members: int = 0
    buyers: int = 0
    repeated: int = 0
    ever_bought: int = 0
    lost: int = 0
    points: int = 0
    stored_fen: int = 0
    tickets: int = 0
    pieces: int = 0
    pieces_back: int = 0
    sales_fen: int = 0
    returned_fen: int = 0
    member_net_fen: int = 0
    visits: dict[str, set[date]] = field(default_factory=dict)

    @property
    def net_fen(self) -> int:
        """Give sales − returns."""
        return figures.net_sales(self.sales_fen, self.returned_fen)

    @property
    def visits_of_month(self) -> figures.Repeat:
        """Give buyers and those with two purchase days among the visits kept."""
        return figures.Repeat(
            len(self.visits), sum(len(days) >= figures.ENOUGH_VISITS for days in self.visits.values())
        )


class Groups(defaultdict[str, Group]):
    """Groups by name, made when first named."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Begin with ``names``, in this order, even when nothing is counted for them."""
        super().__init__(Group, {name: Group() for name in names})


class Tally:
    """Passes lines through and counts them; derived columns come from `crmdesk.core.figures`."""

    def __init__(self, first: date, as_of: date, stores: Iterable[str], levels: Iterable[str]) -> None:
        """Count for a period that begins with ``first``, open things up to ``as_of``."""
        self.first = first
        self.as_of = as_of
        self.all = Group()
        self.stores = Groups(stores)
        self.levels = Groups(levels)
        self.guides = Groups()
        self.causes = Groups()
        self.cause_paths = Groups()
        self.categories = Groups()
        self.weeks: defaultdict[date, Group] = defaultdict(Group)
        self.months: defaultdict[date, Group] = defaultdict(Group)

    def repairs(self, lines: Iterable[RepairLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with total cost, turnaround, on time, days at head office and days uncollected."""
        for line in lines:
            cost = line.customer_fen + line.store_fen + line.head_office_fen + line.supplier_fen + line.carrier_fen
            days = figures.turnaround_days(line.received, line.collected)
            on_time = figures.on_time(line.ready, line.promised)
            waiting = figures.waiting_days(line.sent, line.back, self.as_of)
            gone = line.state in GOODS_GONE
            uncollected = figures.uncollected_days(line.ready, line.collected, self.as_of, gone=gone)
            for group in (self.all, self.stores[line.store]):
                group.repairs += 1
                group.repair_cost_fen += cost
                group.customer_fen += line.customer_fen
                group.come_backs += line.come_back
                group.at_head_office += figures.is_going_on(line.sent, line.back, self.as_of)
                group.uncollected += uncollected is not None
                _add_outcome(group, days, on_time)
            self.weeks[_monday(line.received)].repairs += 1
            if line.ready is not None:
                _add_outcome(self.weeks[_monday(line.ready)], None, on_time)
            if line.collected is not None:
                _add_outcome(self.weeks[_monday(line.collected)], days, None)
            yield (*line, cost, days, on_time, waiting, uncollected)

    def complaints(self, lines: Iterable[ComplaintLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with acknowledged on the same day and days to the answer."""
        for line in lines:
            same_day = None if line.acknowledged is None else line.acknowledged == line.received
            days = figures.turnaround_days(line.received, line.communicated)
            causes = self.causes[line.root_cause], self.cause_paths[line.cause]
            for group in (self.all, self.stores[line.store], *causes):
                group.complaints += 1
                group.compensation_fen += line.compensation_fen
                group.complaints_closed += line.closed is not None
                group.acknowledged_same_day += bool(same_day)
                if days is not None:
                    group.answer_days.append(days)
            yield (*line, same_day, days)

    def returns(self, lines: Iterable[ReturnLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line as it is."""
        for line in lines:
            for group in (self.all, self.stores[line.store]):
                group.returns += 1
                group.refund_fen += line.refund_fen
            yield line

    def loaners(self, lines: Iterable[LoanerLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with its utilisation."""
        for line in lines:
            for group in (self.all, self.stores[line.store], self.categories[line.category]):
                group.loaners += 1
                group.lent_days += line.lent_days
                group.shelf_days += line.shelf_days
            self.categories[line.category].loans += line.loans
            yield (*line, figures.utilisation(line.lent_days, line.shelf_days))

    def loans(self, lines: Iterable[LoanLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with days out and overdue now."""
        for line in lines:
            out = figures.is_going_on(line.out, line.back, self.as_of)
            overdue = out and self.as_of > line.due
            for group in (self.all, self.stores[line.store]):
                group.loans += 1
                group.out_now += out
                group.overdue_loans += overdue
                group.deposits_held_fen += line.deposit_fen if out else 0
                group.kept_fen += line.kept_fen
            yield (*line, figures.waiting_days(line.out, line.back, self.as_of), overdue)

    def callbacks(self, lines: Iterable[CallbackLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with overdue."""
        for line in lines:
            overdue = figures.is_overdue(line.window_end, line.first_attempt, self.as_of)
            for group in (self.all, self.stores[line.store], self.guides[line.guide]):
                group.callbacks += 1
                group.attempted += line.attempts > 0
                group.talked += line.talked
                group.overdue_callbacks += overdue
                group.asked += line.satisfied is not None
                group.satisfied += bool(line.satisfied)
                group.credited_fen += line.credited_fen
            yield (*line, overdue)

    def members(self, lines: Iterable[MemberLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line with recency, mean per ticket in fen, and lost."""
        for line in lines:
            recency = None if line.last_purchase is None else (self.as_of - line.last_purchase).days
            lost = figures.is_lost(line.last_purchase, self.as_of)
            for group in (self.all, self.stores[line.store], self.guides[line.guide], self.levels[line.level]):
                group.members += 1
                group.new_members += self.first <= line.joined <= self.as_of
                group.buyers += line.purchase_days > 0
                group.repeated += line.purchase_days >= figures.ENOUGH_VISITS
                group.ever_bought += recency is not None
                group.lost += lost
                group.points += line.points
                group.stored_fen += line.stored_fen
                group.member_net_fen += line.net_fen
            mean = figures.mean_fen(line.net_fen, line.tickets)
            yield (*line, recency, mean, lost)

    def purchases(self, lines: Iterable[PurchaseLine]) -> Iterator[tuple[Cell, ...]]:
        """Give each line as it is."""
        for line in lines:
            month = self.months[line.day.replace(day=1)]
            groups = (self.all, self.stores[line.store], self.guides[line.guide], month)
            if line.net_fen >= 0:
                for group in groups:
                    group.tickets += 1
                    group.pieces += line.pieces
                    group.sales_fen += line.net_fen
                if line.member_number:
                    month.visits.setdefault(line.member_number, set()).add(line.day)
            else:
                for group in groups:
                    group.pieces_back -= line.pieces
                    group.returned_fen -= line.net_fen
            yield line


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _add_outcome(group: Group, days: int | None, on_time: bool | None) -> None:  # noqa: FBT001 - a figure, not a switch
    if days is not None:
        group.days.append(days)
    if on_time is not None:
        group.promised_and_ready += 1
        group.on_time += on_time
