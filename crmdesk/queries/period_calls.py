"""Which callbacks belong to a period."""

from sqlalchemy import ColumnElement

from crmdesk.core.care import CallbackState
from crmdesk.models.callback import Callback
from crmdesk.queries.report_span import Span


def due_in(span: Span) -> tuple[ColumnElement[bool], ...]:
    """Say that a callback's window begins in the period and that it was not called off."""
    return (
        Callback.due_from >= span.opens,
        Callback.due_from < span.closes,
        Callback.state != CallbackState.CANCELLED,
    )
