"""What is asked of each kind of goods: fields of their own, and the accessories that usually come along.

The shipped fields are in resources/rules/item_templates.json; a store adds its own in the settings.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from typing import Any, Final

from crmdesk.core.errors import InvalidFieldError
from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language, gettext_in, mark
from crmdesk.core.resources import resource_path
from crmdesk.core.text_clean import clean_line
from crmdesk.core.tickets import ItemCategory

LONGEST: Final = 60
YES, NO = "yes", "no"
_YES_WORD, _NO_WORD = mark("yes"), mark("no")
_DIGITS_AFTER: Final = 2


class ItemFieldKind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DAY = "day"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class ItemField:
    """One field of a kind of goods.

    Attributes:
        key: what its values are kept under.
        kind: how it is filled in.
        names: its label by language.
        choices: words by language of each code, in the order shown.
        least: smallest number that can be meant.
        most: largest number that can be meant.
    """

    key: str
    kind: ItemFieldKind
    names: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    least: int = 0
    most: int = 1_000_000

    def name(self, language: str | None = None) -> str:
        """Give the label."""
        return in_language(self.names, language)

    def options(self, language: str | None = None) -> list[tuple[str, str]]:
        """Give what can be chosen: words and code; nothing for a field that is typed."""
        if self.kind is ItemFieldKind.YES_NO:
            spoken = language or current_language()
            return [(gettext_in(spoken, _YES_WORD), YES), (gettext_in(spoken, _NO_WORD), NO)]
        return [(in_language(words, language), code) for code, words in self.choices.items()]


@dataclass(frozen=True, slots=True)
class ItemTemplate:
    """What one kind of goods is asked."""

    fields: tuple[ItemField, ...]
    accessories: tuple[Mapping[str, str], ...]


def in_language(words: Mapping[str, str], language: str | None = None) -> str:
    """Give words in ``language``, or in the only one they were written in."""
    return words.get(language or current_language()) or words.get(SOURCE_LANGUAGE) or next(iter(words.values()), "")


@cache
def _shipped() -> dict[ItemCategory, ItemTemplate]:
    read = json.loads(resource_path("rules", "item_templates.json").read_text(encoding="utf-8"))
    return {ItemCategory(name): _template(entry) for name, entry in read["categories"].items()}


def _template(entry: Mapping[str, Any]) -> ItemTemplate:
    return ItemTemplate(tuple(map(_field, entry["fields"])), tuple(entry["accessories"]))


def _field(entry: Mapping[str, Any]) -> ItemField:
    choices = {
        one["code"]: {key: words for key, words in one.items() if key != "code"} for one in entry.get("choices", ())
    }
    bounds = {key: entry[key] for key in ("least", "most") if key in entry}
    names = {key: entry[key] for key in (SOURCE_LANGUAGE, "zh_CN")}
    return ItemField(entry["key"], ItemFieldKind(entry["kind"]), names, choices, **bounds)


def fields_for(category: ItemCategory, own: Sequence[ItemField] = ()) -> tuple[ItemField, ...]:
    """Give the fields of a kind of goods, the store's ``own`` behind the shipped ones."""
    return (*_shipped()[category].fields, *own)


def accessories_for(category: ItemCategory, language: str | None = None) -> tuple[str, ...]:
    """Give the accessories that usually come along, commonest first."""
    return tuple(in_language(words, language) for words in _shipped()[category].accessories)


def checked_value(asked: ItemField, typed: str) -> str:
    """Give a value as it is kept; empty when nothing was typed.

    Raises:
        InvalidFieldError: no number or one that cannot be meant, an unknown choice, no day, too long.
    """
    text = clean_line(typed)
    if not text:
        return ""
    if len(text) > LONGEST:
        raise InvalidFieldError(asked.key, "too_long", text)
    if asked.kind is ItemFieldKind.NUMBER:
        return _number(asked, text)
    if asked.kind is ItemFieldKind.DAY:
        return _day(asked, text)
    if asked.kind is not ItemFieldKind.TEXT and text not in {code for _words, code in asked.options()}:
        raise InvalidFieldError(asked.key, "not_a_choice", text)
    return text


def _number(asked: ItemField, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise InvalidFieldError(asked.key, "not_a_number", text) from None
    if not number.is_finite() or not asked.least <= number <= asked.most:
        reason = "too_small" if number.is_finite() and number < asked.least else "too_large"
        raise InvalidFieldError(asked.key, reason, text)
    if number != round(number, _DIGITS_AFTER):
        raise InvalidFieldError(asked.key, "not_a_number", text)
    return f"{number.normalize():f}"


def _day(asked: ItemField, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InvalidFieldError(asked.key, "not_a_day", text) from None


def value_words(asked: ItemField, value: str, language: str | None = None) -> str:
    """Give a kept value in words; a choice that is no longer offered stands for itself."""
    return {code: words for words, code in asked.options(language)}.get(value, value)


def told(
    fields: Sequence[ItemField], values: Mapping[str, str], language: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Give label and words of what is known of a thing, in the order it is asked."""
    return tuple(
        (asked.name(language), value_words(asked, values[asked.key], language))
        for asked in fields
        if values.get(asked.key)
    )
