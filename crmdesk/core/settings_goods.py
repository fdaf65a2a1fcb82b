"""The fields that a store asks of its goods besides those that come with the program."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from typing_extensions import override

from crmdesk.core.i18n import mark
from crmdesk.core.item_templates import ItemField, ItemFieldKind
from crmdesk.core.setting import SettingValues, declare_store
from crmdesk.core.setting_kinds import Json, Kind, SettingRefusedError
from crmdesk.core.tickets import ItemCategory

GOODS_GROUP: Final = mark("Goods taken in")
MOST_FIELDS: Final = 8  # of one kind of goods
MOST_CHOICES: Final = 12
LONGEST_NAME: Final = 24
_PREFIX: Final = "own"


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field of the store's own for one kind of goods; ``name`` and ``choices`` are as the owner wrote them."""

    category: ItemCategory
    key: str
    name: str
    kind: ItemFieldKind = ItemFieldKind.TEXT
    choices: tuple[str, ...] = ()

    def as_field(self) -> ItemField:
        """Give it as the intake asks it; its words are the same in every language."""
        choices = {one: {"en": one} for one in self.choices}
        return ItemField(self.key, self.kind, {"en": self.name}, choices)


class OwnFields(Kind[tuple[OwnField, ...]]):
    """The store's own fields of all kinds of goods, in the order they are asked."""

    @override
    def check(self, value: object) -> tuple[OwnField, ...]:
        if not isinstance(value, tuple):
            raise SettingRefusedError("not_a_list", str(value))
        for category in ItemCategory:
            names = [one.name.strip().casefold() for one in value if one.category is category]
            if len(names) > MOST_FIELDS:
                raise SettingRefusedError("too_long", str(len(names)), high=str(MOST_FIELDS))
            if len(set(names)) != len(names):
                raise SettingRefusedError("taken", names[-1])
        for one in value:
            _check(one)
        return value

    @override
    def parse(self, text: str) -> tuple[OwnField, ...]:
        try:
            return self.from_json(json.loads(text or "[]"))
        except json.JSONDecodeError:
            raise SettingRefusedError("not_a_list", text) from None

    @override
    def text(self, value: tuple[OwnField, ...]) -> str:
        return json.dumps(self.to_json(value), ensure_ascii=False) if value else ""

    @override
    def to_json(self, value: tuple[OwnField, ...]) -> Json:
        return [
            {
                "category": one.category.value,
                "key": one.key,
                "name": one.name,
                "kind": one.kind.value,
                "choices": list(one.choices),
            }
            for one in value
        ]

    @override
    def from_json(self, stored: Json) -> tuple[OwnField, ...]:
        if not isinstance(stored, list):
            raise SettingRefusedError("not_a_list", str(stored))
        return self.check(tuple(map(_read, stored)))


def _read(entry: Any) -> OwnField:  # noqa: ANN401 - JSON
    if not isinstance(entry, Mapping):
        raise SettingRefusedError("not_a_list", str(entry))
    try:
        choices = tuple(map(str, entry.get("choices", ())))
        category, kind = ItemCategory(entry["category"]), ItemFieldKind(entry["kind"])
        return OwnField(category, str(entry["key"]), str(entry["name"]), kind, choices)
    except (KeyError, ValueError, TypeError):
        raise SettingRefusedError("not_a_list", str(entry)) from None


def _check(one: OwnField) -> None:
    name = one.name.strip()
    if not name or not one.key:
        raise SettingRefusedError("empty", one.name)
    if len(name) > LONGEST_NAME:
        raise SettingRefusedError("too_long", name, high=str(LONGEST_NAME))
    if one.kind is ItemFieldKind.CHOICE and not one.choices:
        raise SettingRefusedError("empty", name)
    if len(one.choices) > MOST_CHOICES or any(not 0 < len(words) <= LONGEST_NAME for words in one.choices):
        raise SettingRefusedError("too_long", name, high=str(MOST_CHOICES))


ITEM_FIELDS = declare_store(
    GOODS_GROUP, "goods.fields", OwnFields(), (), mark("What this store asks of its goods besides the usual.")
)


def own_fields(values: SettingValues, category: ItemCategory) -> tuple[ItemField, ...]:
    """Give the store's own fields of a kind of goods."""
    return tuple(one.as_field() for one in values.get(ITEM_FIELDS) if one.category is category)


def new_key(known: tuple[OwnField, ...], used: frozenset[str] = frozenset()) -> str:
    """Give a key that no field has or had: the values of a dropped field do not turn up under another label."""
    taken = {one.key for one in known} | used
    number = 1
    while f"{_PREFIX}{number}" in taken:
        number += 1
    return f"{_PREFIX}{number}"
