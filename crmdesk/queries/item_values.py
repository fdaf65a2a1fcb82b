"""What is known of goods beyond name and size: the values of their kind's fields."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.item_templates import ItemField, fields_for, told
from crmdesk.core.settings_goods import ITEM_FIELDS
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.item import ItemValue
from crmdesk.queries.settings import store_settings

Told = tuple[tuple[str, str], ...]


def values_of(session: Session, item_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Give the kept values of each thing by key."""
    found: dict[int, dict[str, str]] = {}
    if item_ids:
        rows = select(ItemValue.item_id, ItemValue.key, ItemValue.value).where(ItemValue.item_id.in_(item_ids))
        for item_id, key, value in session.execute(rows):
            found.setdefault(item_id, {})[key] = value
    return found


def fields_by_category(session: Session, store_id: int) -> Mapping[ItemCategory, tuple[ItemField, ...]]:
    """Give what a store asks of each kind of goods."""
    own = store_settings(session, store_id).get(ITEM_FIELDS)
    return {
        category: fields_for(category, [one.as_field() for one in own if one.category is category])
        for category in ItemCategory
    }


def told_of(session: Session, item_id: int, category: ItemCategory, store_id: int, language: str | None = None) -> Told:
    """Give label and words of what is known of one thing."""
    values = values_of(session, [item_id]).get(item_id)
    return told(fields_by_category(session, store_id)[category], values, language) if values else ()
