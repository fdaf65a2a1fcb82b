"""The figures of domain rule 4 for a period, or for the twelve months up to a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.roles import Right
from crmdesk.queries.figures_care import CareFigures, care_figures
from crmdesk.queries.figures_sales import SalesFigures, sales_figures
from crmdesk.queries.figures_service import ServiceFigures, service_figures
from crmdesk.queries.report_span import span_of, year_to


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures; ``first`` and ``as_of`` are both in the period."""

    first: date
    as_of: date
    sales: SalesFigures
    service: ServiceFigures
    care: CareFigures


def figures(session: Session, as_of: date, context: Context) -> Figures:
    """Compute the figures of the twelve months up to ``as_of``.

    Raises:
        NotAllowedError: the person does not see reports.
    """
    return figures_between(session, *year_to(as_of), context)


def figures_between(session: Session, first: date, last: date, context: Context) -> Figures:
    """Compute the figures of a period, both days included; days to come count as not there yet.

    Raises:
        NotAllowedError: the person does not see reports.
    """
    context.require(Right.SEE_REPORTS)
    span = span_of(first, last, context)
    return Figures(
        span.first, span.last, sales_figures(session, span), service_figures(session, span), care_figures(session, span)
    )
