"""What to say on a call (话术): shipped words by reason, filled with the customer's form of address."""

import json
from dataclasses import dataclass
from functools import cache

from crmdesk.core.care import CallbackReason
from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.resources import resource_path

Words = dict[str, dict[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """Who speaks to whom about what."""

    who: str
    me: str
    store: str
    what: str


@dataclass(frozen=True, slots=True)
class Script:
    """Why the call is made, and what to say."""

    why: str
    words: str


@cache
def _scripts() -> Words:
    shipped: Words = json.loads(resource_path("rules", "scripts.json").read_text(encoding="utf-8"))["scripts"]
    return shipped


def script_for(reason: CallbackReason, facts: ScriptFacts) -> Script:
    """Give the script of ``reason`` in the present language."""
    texts = _scripts()[reason.value]
    filled = {
        part: _in_language(texts[part]).format(who=facts.who, me=facts.me, store=facts.store, what=facts.what)
        for part in ("why", "words")
    }
    return Script(filled["why"], filled["words"])


def _in_language(texts: dict[str, str]) -> str:
    return texts.get(current_language(), texts[SOURCE_LANGUAGE])
