"""The first draft of a letter that settles a complaint, from the case; sentences in resources/paper/letter.*.json."""

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from crmdesk.core.labels import label_in
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.names import address_form
from crmdesk.core.paper_facts.letter import LetterWords
from crmdesk.core.resources import resource_path
from crmdesk.core.tickets import Compensation, RootCause

LANGUAGES: Final = ("zh_CN", "en")
BOTH: Final = "both"
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterSource:
    """What a case knows; texts as the store typed them, days are the store's."""

    name: str
    gender: Gender | None
    received_on: date
    subject: str
    customer_words: str
    wanted: str = ""
    root_cause: RootCause | None = None
    findings: str = ""
    compensation: Compensation | None = None
    amount: Money = Money(0)
    decision: str = ""
    corrective_action: str = ""
    corrective_due: date | None = None
    # What is carried out already: remedy, amount, points.
    carried_out: tuple[tuple[Compensation, Money, int], ...] = ()


def languages_of(language: str) -> tuple[str, ...]:
    """Give the languages a letter is written in: ``zh_CN``, ``en`` or ``both``."""
    return LANGUAGES if language == BOTH else (language,)


@cache
def _sentences(language: str) -> dict[str, Any]:
    shipped: dict[str, Any] = json.loads(resource_path("paper", f"letter.{language}.json").read_text(encoding="utf-8"))
    return shipped


def draft(source: LetterSource, language: str) -> LetterWords:
    """Write the letter in ``zh_CN`` or ``en``; Chinese typing is left out of an English letter, never mixed in."""
    writer = _Writer(source, language)
    return LetterWords(
        salutation=writer.say("salutation", name=address_form(source.name, source.gender, language)),
        facts=writer.facts(),
        finding=writer.finding(),
        remedy=writer.remedy(),
        promise=writer.promise(),
        closing=writer.by_outcome("closing"),
    )


class _Writer:
    def __init__(self, source: LetterSource, language: str) -> None:
        self.source = source
        self.language = language
        self._known = _sentences(language)
        self._space = "" if language == LANGUAGES[0] else " "

    def say(self, sentence_of: str, /, **facts: str) -> str:
        sentence: str = self._known[sentence_of]
        return sentence.format(**facts)

    def own(self, typed: str) -> str:
        """Give typed text that fits the letter's language, as a sentence; empty when it does not."""
        text = typed.strip()
        if not text or (self.language == "en" and _CHINESE.search(text)):
            return ""
        stop = "." if self.language == "en" else "。"
        return text if text[-1] in '。.！!？?”"' else text + stop

    def joined(self, *sentences: str) -> str:
        return self._space.join(sentence for sentence in sentences if sentence)

    def facts(self) -> str:
        source = self.source
        words, subject = self.own(source.customer_words), self.own(source.subject).rstrip("。.")
        day = day_words(source.received_on, self.language)
        told = self.say("facts", day=day, subject=subject, words=words) if words and subject else ""
        wanted = self.own(source.wanted).rstrip("。.")
        return self.joined(
            told or self.say("facts_short", day=day, subject=subject or words.rstrip("。.")),
            self.say("wanted", wanted=wanted) if wanted else "",
        )

    def finding(self) -> str:
        typed = self.own(self.source.findings)
        cause = self._known["cause"][self.source.root_cause.value] if self.source.root_cause else ""
        first = self.say("finding", finding=typed) if typed else self.say("finding_none")
        return self.joined(first, cause)

    def by_outcome(self, name: str) -> str:
        outcome = self.source.compensation or Compensation.APOLOGY
        sentence: str = self._known[name][outcome.value]
        return sentence.format(amount=money_words(self.source.amount, self.language))

    def remedy(self) -> str:
        typed = self.own(self.source.decision)
        decided = self.say("decision", decision=typed) if typed else self.by_outcome("remedy")
        return self.joined(decided, self.carried_out())

    def carried_out(self) -> str:
        """Say which remedies are carried out already."""
        parts = []
        for remedy, amount, points in self.source.carried_out:
            words = [label_in(self.language, remedy), f"+{points}" if points else ""]
            words.append(money_words(amount, self.language) if amount else "")
            parts.append(" ".join(filter(None, words)))
        divider = "、" if self.language == LANGUAGES[0] else ", "
        return self.say("carried_out", remedies=divider.join(parts)) if parts else ""

    def promise(self) -> str:
        action = self.own(self.source.corrective_action)
        due = self.source.corrective_due
        if not action:
            return self.by_outcome("promise")
        change = (
            self.say("corrective_until", action=action, day=day_words(due, self.language))
            if due is not None
            else self.say("corrective", action=action)
        )
        return f"{self.by_outcome('promise')}\n\n{change}"


def day_words(day: date, language: str) -> str:
    """Give a day as a letter writes it: 2026年11月21日, 21 November 2026."""
    if language == LANGUAGES[0]:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def money_words(amount: Money, language: str) -> str:
    """Give an amount as a letter writes it: 300.00 元, ¥300.00."""
    return f"{amount.yuan_text()} 元" if language == LANGUAGES[0] else f"¥{amount.yuan_text()}"
