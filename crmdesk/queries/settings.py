"""The settings of a store, as they are in force."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from crmdesk.core.context import StoreRef
from crmdesk.core.setting import SettingValues
from crmdesk.core.setting_kinds import Json
from crmdesk.models.store import Setting, Store

if TYPE_CHECKING:
    from sqlalchemy.orm import SessionTransaction

_KNOWN: Final = "store_settings"
_OF_STORE: Final = select(Setting.key, Setting.value).where(Setting.store_id == bindparam("store_id"))


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """A store as papers say it."""

    version: int
    code: str
    name: str
    address: str
    phone: str


def store_facts(session: Session, store_id: int) -> StoreFacts:
    """Give the store's own facts."""
    store = session.get_one(Store, store_id)
    return StoreFacts(store.version, store.code, store.name, store.address, store.phone)


def store_settings(session: Session, store_id: int) -> SettingValues:
    """Read the settings of a store, once in a transaction; what is not stored, or cannot be read, has its default."""
    transaction = session.get_transaction()
    known: tuple[SessionTransaction | None, int, SettingValues] | None = session.info.get(_KNOWN)
    if known is not None and transaction is not None and known[:2] == (transaction, store_id):
        return known[2]
    values = _read_settings(session, store_id)
    session.info[_KNOWN] = (session.get_transaction(), store_id, values)
    return values


def forget_store_settings(session: Session) -> None:
    """Read them anew when they are asked for next: they were changed."""
    session.info.pop(_KNOWN, None)


def _read_settings(session: Session, store_id: int) -> SettingValues:
    rows = session.execute(_OF_STORE, {"store_id": store_id})
    stored = {key: _read(value) for key, value in rows}
    return SettingValues({key: value for key, value in stored.items() if value is not None})


def stores(session: Session) -> list[StoreRef]:
    """List the stores of the database, by code."""
    rows = session.execute(select(Store.id, Store.code, Store.name, Store.zone).order_by(Store.code))
    return [StoreRef(row.id, row.code, row.name, row.zone) for row in rows]


def _read(text: str) -> Json:
    try:
        value: Json = json.loads(text)
    except ValueError:
        return None
    return value
