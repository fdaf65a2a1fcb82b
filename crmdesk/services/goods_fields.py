"""The store's own fields for its goods: added and dropped by the owner."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.item_templates import ItemFieldKind, fields_for
from crmdesk.core.outcome import Outcome
from crmdesk.core.roles import Right
from crmdesk.core.settings_goods import ITEM_FIELDS, OwnField, new_key
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import ItemCategory
from crmdesk.models.item import ItemValue
from crmdesk.queries.settings import store_settings
from crmdesk.services.settings import ChangeSettings, change_settings

OwnFieldsNow = tuple[OwnField, ...]


@dataclass(frozen=True, slots=True)
class AddField:
    """A field as the owner wrote it; ``choices`` only for a choice."""

    category: ItemCategory
    name: str
    kind: ItemFieldKind = ItemFieldKind.TEXT
    choices: tuple[str, ...] = ()


def add_field(session: Session, request: AddField, context: Context) -> Outcome[OwnFieldsNow]:
    """Ask something more of a kind of goods.

    Raises:
        NotAllowedError: the person may not change settings.
        InvalidFieldError: the kind asks this already.
        SettingRefusedError: no name, a choice without choices, too long, or too many fields.
    """
    context.require(Right.SETTINGS)
    known = store_settings(session, context.store.id).get(ITEM_FIELDS)
    name = clean_line(request.name)
    if any(name.casefold() in _names(one.names) for one in fields_for(request.category)):
        raise InvalidFieldError("name", "taken", name)
    used = frozenset(session.scalars(select(ItemValue.key).where(ItemValue.key.like("own%")).distinct()))
    choices = tuple(dict.fromkeys(filter(None, map(clean_line, request.choices))))
    kept = choices if request.kind is ItemFieldKind.CHOICE else ()
    made = OwnField(request.category, new_key(known, used), name, request.kind, kept)
    return _keep(session, (*known, made), context)


def _names(words: Mapping[str, str]) -> set[str]:
    return {one.casefold() for one in words.values()}


def drop_field(session: Session, key: str, context: Context) -> Outcome[OwnFieldsNow]:
    """Ask it no longer; values that were kept stay with their goods.

    Raises:
        NotAllowedError: the person may not change settings.
    """
    context.require(Right.SETTINGS)
    known = store_settings(session, context.store.id).get(ITEM_FIELDS)
    return _keep(session, tuple(one for one in known if one.key != key), context)


def _keep(session: Session, fields: OwnFieldsNow, context: Context) -> Outcome[OwnFieldsNow]:
    done = change_settings(session, ChangeSettings({ITEM_FIELDS.key: fields}), context)
    return Outcome(fields, done.changed)
