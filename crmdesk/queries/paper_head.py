"""The head of papers that belong to no ticket: the store as it stands on them, and who prints."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crmdesk.core.clock import local_time
from crmdesk.core.context import Context
from crmdesk.core.paper_facts.common import PrintFacts, StoreFacts
from crmdesk.core.papers import PaperKind
from crmdesk.core.settings_store import PAPER_ADDRESS, PAPER_HOURS, PAPER_PHONE
from crmdesk.models.paper import Paper
from crmdesk.models.store import Store
from crmdesk.queries.settings import store_settings


def paper_head(session: Session, store_id: int) -> StoreFacts:
    """Give the heading; what the settings leave open comes from the store itself."""
    store = session.get_one(Store, store_id)
    values = store_settings(session, store.id)
    return StoreFacts(
        name=store.name,
        code=store.code,
        address=values.get(PAPER_ADDRESS) or store.address,
        phone=values.get(PAPER_PHONE) or store.phone,
        hours=values.get(PAPER_HOURS),
    )


def prints_now(session: Session, kind: PaperKind, number: str, context: Context) -> PrintFacts:
    """Give who prints now, and how often this paper left before."""
    before = session.scalar(
        select(func.coalesce(func.sum(Paper.prints), 0)).where(Paper.kind == kind, Paper.number == number)
    )
    return PrintFacts(local_time(context.now(), context.store.zone), context.actor.name, before or 0)
