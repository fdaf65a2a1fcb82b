"""Keeping what was asked about a thing: the fields of its kind, one value each."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.item_templates import checked_value, fields_for
from crmdesk.core.settings_goods import own_fields
from crmdesk.models.item import Item, ItemValue
from crmdesk.queries.settings import store_settings


def keep_values(session: Session, item: Item, values: Mapping[str, str], context: Context) -> None:
    """Write the values that were asked now; an emptied one goes, one that was not asked stays.

    Raises:
        InvalidFieldError: a value does not fit its field; ``field`` is its key.
    """
    if not values:
        return
    own = own_fields(store_settings(session, context.store.id), item.category)
    wanted = {
        asked.key: checked_value(asked, values[asked.key])
        for asked in fields_for(item.category, own)
        if asked.key in values
    }
    session.flush()
    known = {row.key: row for row in session.scalars(select(ItemValue).where(ItemValue.item_id == item.id))}
    for key, value in wanted.items():
        row = known.get(key)
        if row is not None and not value:
            session.delete(row)
        elif row is not None:
            row.value = value
        elif value:
            session.add(ItemValue(store_id=context.store.id, item_id=item.id, key=key, value=value))
