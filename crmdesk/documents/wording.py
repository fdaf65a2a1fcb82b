"""Words that a paper for a customer must not carry: found before a template or a term is saved."""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from crmdesk.core.resources import resource_path

_BETWEEN_CHINESE: Final = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class ForbiddenWords:
    """A place in a text that should be written differently, why, and where the rule stands (not legal advice)."""

    id: str
    found: str
    why_zh: str
    why_en: str
    source: str


@dataclass(frozen=True, slots=True)
class _Rule:
    id: str
    patterns: tuple[re.Pattern[str], ...]
    why_zh: str
    why_en: str
    source: str


def check_words(text: str) -> list[ForbiddenWords]:
    """Find phrases that keep the last word for the shop or take legal rights from the customer.

    The rules are in ``resources/rules/forbidden_phrases.json``: Measures for the Punishment of Infringements upon the
    Rights and Interests of Consumers, article 12; Consumer Protection Law, article 26.
    """
    plain = _BETWEEN_CHINESE.sub("", unicodedata.normalize("NFKC", text))
    return [
        ForbiddenWords(rule.id, match.group(), rule.why_zh, rule.why_en, rule.source)
        for rule in _rules()
        if (match := _first(rule, plain)) is not None
    ]


def _first(rule: _Rule, text: str) -> re.Match[str] | None:
    return next((match for pattern in rule.patterns if (match := pattern.search(text))), None)


@cache
def _rules() -> tuple[_Rule, ...]:
    data = json.loads(resource_path("rules", "forbidden_phrases.json").read_text(encoding="utf-8"))
    return tuple(
        _Rule(
            entry["id"],
            tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry["patterns"]),
            entry["why_zh"],
            entry["why_en"],
            entry["source"],
        )
        for entry in data["phrases"]
    )
