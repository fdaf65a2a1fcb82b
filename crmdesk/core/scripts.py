"""What to say on a call (话术): shipped words by reason and step, filled with the customer's form of address."""

import json
from dataclasses import dataclass
from functools import cache

from crmdesk.core.care import CallbackReason
from crmdesk.core.i18n import SOURCE_LANGUAGE, current_language
from crmdesk.core.resources import resource_path

Translated = dict[str, str]


@dataclass(frozen=True, slots=True)
class ScriptFacts:
    """Who speaks to whom about what (empty: in general words); ``days`` have passed since it was bought."""

    who: str
    me: str
    store: str
    what: str
    step: int = 0
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """Why the call is made, and what to say."""

    why: str
    words: str


@dataclass(frozen=True, slots=True)
class _Shipped:
    ago: dict[str, Translated]
    in_general: dict[str, Translated]
    scripts: dict[str, dict[str, Translated]]


@cache
def _shipped() -> _Shipped:
    found = json.loads(resource_path("rules", "scripts.json").read_text(encoding="utf-8"))
    return _Shipped(found["ago"], found["in_general"], found["scripts"])


def script_for(reason: CallbackReason, facts: ScriptFacts) -> Script:
    """Give the script of ``reason`` (and of the step of its plan) in the present language."""
    shipped = _shipped()
    texts = shipped.scripts.get(f"{reason.value}.{facts.step}") or shipped.scripts[reason.value]
    what = facts.what or _in_language(shipped.in_general.get(reason.value, shipped.in_general["other"]))
    known = {"who": facts.who, "me": facts.me, "store": facts.store, "what": what, "when": _ago(facts.days, shipped)}
    why, words = (_in_language(texts[part]).format(**known) for part in ("why", "words"))
    return Script(why[:1].upper() + why[1:], words)


def _ago(days: int | None, shipped: _Shipped) -> str:
    name = "unknown" if days is None else str(days)
    return _in_language(shipped.ago.get(name, shipped.ago["days"])).format(days=days)


def _in_language(texts: Translated) -> str:
    return texts.get(current_language(), texts[SOURCE_LANGUAGE])
