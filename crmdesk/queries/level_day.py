"""Whose level is to be worked out on a day: read beside the work, written in parts."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.levels import rule_of
from crmdesk.queries.level_figures import changing
from crmdesk.queries.settings import store_settings


def to_renew(session: Session, context: Context) -> list[int]:
    """Give the keys of members whose level or grace is not what the rule says today."""
    rule = rule_of(store_settings(session, context.store.id))
    return list(session.execute(changing(rule, context.today())).scalars())
