"""Standard fault codes by item category, as shipped in resources/rules/fault_codes.json."""

import json
from dataclasses import dataclass
from functools import cache

from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.resources import resource_path
from crmdesk.core.tickets import ItemCategory


@dataclass(frozen=True, slots=True)
class FaultCodes:
    """Words by code and language, and the codes that fit a category."""

    names: dict[str, dict[str, str]]
    categories: dict[str, list[str]]


@cache
def _codes() -> FaultCodes:
    shipped = json.loads(resource_path("rules", "fault_codes.json").read_text(encoding="utf-8"))
    return FaultCodes(shipped["names"], shipped["categories"])


def codes_for(category: ItemCategory) -> tuple[str, ...]:
    """Give the fault codes that fit ``category``, commonest first."""
    return tuple(_codes().categories[category.value])


def fault_name(code: str, language: str | None = None) -> str:
    """Give the words of a fault code; an unknown code (a store's own word) stands for itself."""
    words = _codes().names.get(code)
    if words is None:
        return code
    return words.get(language or current_language(), words[SOURCE_LANGUAGE])
