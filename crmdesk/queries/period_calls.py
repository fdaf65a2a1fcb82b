"""Which callbacks belong to a period."""

from sqlalchemy import ColumnElement, select

from crmdesk.core.care import CallbackState
from crmdesk.models.callback import Callback
from crmdesk.models.store import Store
from crmdesk.queries.report_span import Span

_KEPT = [state for state in CallbackState if state is not CallbackState.CANCELLED]


def due_in(span: Span) -> tuple[ColumnElement[bool], ...]:
    """Say that a callback's window begins in the period and that it was not called off.

    Stores and states are named one by one so that their index finds the period.
    """
    return (
        Callback.store_id.in_(select(Store.id)),
        Callback.state.in_(_KEPT),
        Callback.due_from >= span.opens,
        Callback.due_from < span.closes,
    )
