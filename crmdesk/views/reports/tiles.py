"""Figures in words: what each is called, its value, and the mark it is held against."""

from collections.abc import Callable

from crmdesk.core.figures import MARK_FOLLOWER_LOSS
from crmdesk.core.i18n import gettext
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.queries.figures_care import CareFigures
from crmdesk.queries.figures_sales import SalesFigures
from crmdesk.queries.figures_service import ServiceFigures
from crmdesk.views.reports.mark_tile import TileFacts
from crmdesk.views.support.widgets.facts_table import Fact

# Published marks (capability R2).
TWO_IN_A_MONTH_MARK = 0.29
_NONE = "–"


def sales_facts(found: SalesFigures) -> list[Fact]:
    """Sales, repeat buying, returns."""
    two = found.two_in_a_month
    return [
        Fact(gettext("Net sales"), _money(found.net_fen)),
        Fact(gettext("Year on year"), _change(found.year_on_year)),
        Fact(gettext("Sales tickets"), f"{found.tickets:,}"),
        Fact(gettext("Items per ticket"), _number(found.items_per_ticket, 2)),
        Fact(gettext("Buyers"), f"{found.buyers:,}"),
        Fact(gettext("Repeat rate"), _percent(found.repeat_rate)),
        Fact(
            gettext("Two purchases in a month"),
            _held_against(two, TWO_IN_A_MONTH_MARK),
            None if two is None else Tone.OK if two >= TWO_IN_A_MONTH_MARK else Tone.WARN,
        ),
        Fact(gettext("Return rate (amount)"), _percent(found.return_rate_amount)),
        Fact(gettext("Return rate (pieces)"), _percent(found.return_rate_pieces)),
    ]


def service_facts(found: ServiceFigures) -> list[Fact]:
    """Repairs and loaners."""
    return [
        Fact(gettext("Repairs taken in"), f"{found.repairs:,}"),
        Fact(gettext("Turnaround, median"), _days(found.turnaround_median)),
        Fact(gettext("Turnaround, 90th percentile"), _days(found.turnaround_p90)),
        Fact(gettext("On time"), _percent(found.on_time)),
        Fact(gettext("Come-backs in 90 days"), f"{found.come_backs:,}", Tone.WARN if found.come_backs else None),
        Fact(gettext("Ready, not collected"), f"{found.uncollected:,}"),
        Fact(gettext("Loaner utilisation"), _percent(found.loaner_utilisation)),
    ]


def care_facts(found: CareFigures) -> list[Fact]:
    """Callbacks and members."""
    return [
        Fact(gettext("Callbacks due"), f"{found.callbacks:,}"),
        Fact(gettext("Attempted"), f"{found.attempted:,}"),
        Fact(gettext("Reached"), _percent(found.reach)),
        Fact(gettext("Not called in time"), f"{found.overdue:,}", Tone.WARN if found.overdue else None),
        Fact(gettext("Sales after care"), _money(found.credited_fen)),
        Fact(gettext("Members on file"), f"{found.members:,}"),
        Fact(gettext("New files"), f"{found.new_members:,}"),
        Fact(gettext("Lost (a year without purchase)"), f"{found.lost:,}"),
    ]


def mark_tiles(found: CareFigures, recall_mark: float, show_birthdays: Callable[[], None]) -> list[TileFacts]:
    """Figures with their definition: birthday recall, follower loss, new contacts."""
    recall, loss = found.birthday_recall, found.follower_loss
    return [
        TileFacts(
            gettext("Birthday recall"),
            _percent(recall),
            gettext("Birthday members who bought in their birthday month ÷ birthday members reached."),
            gettext("mark {mark}").format(mark=f"{recall_mark:.0%}"),
            _tone(recall, good=recall is not None and recall >= recall_mark),
            gettext("Show birthdays"),
            show_birthdays,
        ),
        TileFacts(
            gettext("Follower loss"),
            _percent(loss),
            gettext("Blocked and deleted ÷ active at the start; 10–15 % is ordinary."),
            gettext("at most {mark}").format(mark=f"{MARK_FOLLOWER_LOSS:.0%}"),
            _tone(loss, good=loss is not None and loss <= MARK_FOLLOWER_LOSS),
        ),
        TileFacts(
            gettext("New WeChat contacts"),
            f"{found.new_contacts:,}",
            gettext("WeChat contacts added in the period."),
        ),
    ]


def _money(fen: int) -> str:
    return f"¥{Money(fen).yuan_text()}"


def _percent(share: float | None) -> str:
    return _NONE if share is None else f"{share:.1%}"


def _change(share: float | None) -> str:
    return _NONE if share is None else f"{share:+.1%}"


def _held_against(share: float | None, mark: float) -> str:
    if share is None:
        return _NONE
    return gettext("{share} (mark {mark})").format(share=_percent(share), mark=f"{mark:.0%}")


def _number(value: float | None, places: int) -> str:
    return _NONE if value is None else f"{value:.{places}f}"


def _days(value: float | None) -> str:
    return _NONE if value is None else gettext("{days} days").format(days=f"{value:g}")


def _tone(share: float | None, *, good: bool) -> Tone | None:
    return None if share is None else Tone.OK if good else Tone.WARN
