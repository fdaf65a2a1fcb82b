"""Changing the settings of a store."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.errors import InvalidFieldError, NotFoundError, StaleError
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Right
from crmdesk.core.setting import Scope, SettingValues
from crmdesk.core.setting import Setting as Declared
from crmdesk.core.setting_kinds import Json, SettingRefusedError
from crmdesk.core.settings import setting
from crmdesk.core.text_clean import clean_line
from crmdesk.core.topics import Topic
from crmdesk.models.store import Setting, Store
from crmdesk.queries.settings import forget_store_settings, store_settings
from crmdesk.services import audit

_NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """New values by key, each of its setting's own type; ``defaults`` names those that go back to the default."""

    values: Mapping[str, object] = field(default_factory=dict)
    defaults: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EditStore:
    """What papers say about the store, as somebody saw it at ``seen_version``."""

    seen_version: int
    name: str
    address: str = ""
    phone: str = ""


def change_settings(session: Session, request: ChangeSettings, context: Context) -> Outcome[SettingValues]:
    """Change settings of the context's store, all or none.

    Raises:
        NotAllowedError: the person may not change settings.
        SettingRefusedError: a key is unknown or belongs to a desk, or a value does not fit.
    """
    context.require(Right.SETTINGS)
    checked = {key: _checked(key, value) for key, value in request.values.items()}
    for key in request.defaults:
        _of_store(key)
    store_id = context.store.id
    known = {
        row.key: row
        for row in session.scalars(select(Setting).where(Setting.store_id == store_id))
        if row.key in checked.keys() | request.defaults
    }
    for key, value in sorted(checked.items()):
        text = json.dumps(value, ensure_ascii=False)
        before = known[key].value if key in known else None
        if before == text:
            continue
        if key in known:
            known[key].value = text
        else:
            session.add(Setting(store_id=store_id, key=key, value=text))
        _note(session, context, key, before, text)
    for key in sorted(request.defaults & known.keys() - checked.keys()):
        _note(session, context, key, known[key].value, None)
        session.delete(known[key])
    session.flush()
    forget_store_settings(session)
    return Outcome(store_settings(session, store_id), frozenset({Topic.SETTINGS}))


def edit_store(session: Session, request: EditStore, context: Context) -> Outcome[int]:
    """Change name, address and phone of the context's store; give its new version.

    Raises:
        NotAllowedError: the person may not change settings.
        InvalidFieldError: the name is empty or something is too long.
        StaleError: somebody else changed it.
    """
    context.require(Right.SETTINGS)
    store = session.get(Store, context.store.id)
    if store is None:
        raise NotFoundError(EntityKind.STORE, context.store.code)
    if store.version != request.seen_version:
        raise StaleError(EntityKind.STORE, store.id, request.seen_version, store.version)
    store.name = _text("name", request.name, _NAME_LENGTH, needed=True)
    store.address = _text("address", request.address, _NAME_LENGTH)
    store.phone = _text("phone", request.phone, 40)
    session.flush()
    audit.record(session, context, "store.edit", (EntityKind.STORE, store.id))
    return Outcome(store.version, frozenset({Topic.SETTINGS}))


def _checked(key: str, value: object) -> Json:
    one = _of_store(key)
    return one.kind.to_json(one.check(value))


def _of_store(key: str) -> Declared[object]:
    one = setting(key)
    if one.scope is not Scope.STORE:
        raise SettingRefusedError("unknown_setting", key=key)
    return one


def _note(session: Session, context: Context, key: str, before: str | None, after: str | None) -> None:
    detail = {"key": key, "before": before, "after": after}
    audit.record(session, context, "settings.change", (EntityKind.STORE, context.store.id), detail)


def _text(name: str, typed: str, longest: int, *, needed: bool = False) -> str:
    text = clean_line(typed)
    if needed and not text:
        raise InvalidFieldError(name, "empty")
    if len(text) > longest:
        raise InvalidFieldError(name, "too_long", text)
    return text
