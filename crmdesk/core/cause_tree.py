"""The root-cause tree: categories and the causes below them, as shipped and as a store changed them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.labels import label_in
from crmdesk.core.resources import resource_path
from crmdesk.core.tickets import RootCause


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause; ``names`` by language, a store's own words under the empty language."""

    code: str
    category: RootCause
    names: tuple[tuple[str, str], ...]
    active: bool = True
    shipped: bool = True

    def name(self, language: str | None = None) -> str:
        """Give its words: the store's, else those of the language, else the English ones."""
        words = dict(self.names)
        return words.get("") or words.get(language or current_language()) or words.get(SOURCE_LANGUAGE) or self.code


@dataclass(frozen=True, slots=True)
class OwnCause:
    """What a store says about a cause, or about a category (code and category are the same word then).

    ``place`` is where it stands among the causes of its category, None where nobody said so.
    """

    code: str
    category: RootCause
    name: str
    active: bool
    place: int | None = None


@dataclass(frozen=True, slots=True)
class CauseBook:
    """A store's tree."""

    causes: tuple[Cause, ...]
    renamed: tuple[tuple[RootCause, str], ...] = ()

    def cause(self, code: str) -> Cause | None:
        """Give a cause, retired or not."""
        return next((one for one in self.causes if one.code == code), None)

    def below(self, category: RootCause, *, retired: bool = False) -> tuple[Cause, ...]:
        """Give the causes of a category in their order, the retired ones only when asked for."""
        return tuple(one for one in self.causes if one.category is category and (one.active or retired))

    def category_name(self, category: RootCause, language: str | None = None) -> str:
        """Give the store's name of a category, else the shipped one."""
        return dict(self.renamed).get(category) or label_in(language or current_language(), category)

    def path(self, category: RootCause | None, code: str, language: str | None = None) -> str:
        """Give category and cause in words: 产品质量 › 掉色."""
        if category is None:
            return ""
        cause = self.cause(code) if code else None
        first = self.category_name(category, language)
        return f"{first} › {cause.name(language)}" if cause is not None else first


@cache
def shipped() -> tuple[Cause, ...]:
    """Give the causes of resources/rules/root_causes.json in their order."""
    read = json.loads(resource_path("rules", "root_causes.json").read_text(encoding="utf-8"))
    return tuple(
        Cause(one["code"], RootCause(category), tuple((key, words) for key, words in one.items() if key != "code"))
        for category, causes in read.items()
        for one in causes
    )


def book_of(own: Iterable[OwnCause]) -> CauseBook:
    """Give the shipped tree with what a store changed.

    Causes that were given a place stand by it, the others behind them: first the shipped ones, then the store's own.
    """
    causes = {one.code: one for one in shipped()}
    renamed: list[tuple[RootCause, str]] = []
    places: dict[str, int] = {}
    for one in own:
        if one.code == one.category.value:
            if one.name:
                renamed.append((one.category, one.name))
            continue
        if one.place is not None:
            places[one.code] = one.place
        known = causes.get(one.code)
        names = (("", one.name),) if one.name else known.names if known is not None else ()
        changed = known or Cause(one.code, one.category, names, shipped=False)
        causes[one.code] = replace(changed, category=one.category, names=names, active=one.active)
    last = len(causes)
    ordered = sorted(causes.values(), key=lambda one: places.get(one.code, last))
    return CauseBook(tuple(ordered), tuple(renamed))
