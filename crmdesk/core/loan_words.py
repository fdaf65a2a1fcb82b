"""The message that reminds somebody of a late loaner, in both languages (L5)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.members import Gender
from crmdesk.core.money import Money
from crmdesk.core.names import address_form

_FIRST: Final = mark(
    "{name}, this is {store}. The loaner {item} was due back on {due}. Please bring it back when you can. Thank you."
)
_AGAIN: Final = mark(
    "{name}, this is {store}. The loaner {item} was due back on {due} and is {days} days late. "
    "Please bring it back or call us. Thank you."
)
_LAST: Final = mark(
    "{name}, this is {store}. The loaner {item} was due back on {due} and is {days} days late. We have reminded you "
    "before. Please bring it back within three days; after that we lend nothing more and charge by the agreement."
)
_FEE: Final = mark("Late fee so far: {fee}.")
_STEPS: Final = (_FIRST, _AGAIN, _LAST)


@dataclass(frozen=True, slots=True)
class LateLoan:
    """What a reminder says."""

    name: str
    gender: Gender | None
    store: str
    item: str
    due_on: date
    days_late: int
    fee: Money


def reminder_text(late: LateLoan, stage: int, language: str) -> str:
    """Give the message of a step of the ladder, from 1; steps beyond the third say what the third says."""
    sentence = _STEPS[min(max(stage, 1), len(_STEPS)) - 1]
    text = gettext_in(language, sentence).format(
        name=address_form(late.name, late.gender, language),
        store=late.store,
        item=late.item,
        due=late.due_on.isoformat(),
        days=late.days_late,
    )
    if not late.fee:
        return text
    return f"{text}{' ' if language == 'en' else ''}" + gettext_in(language, _FEE).format(
        fee=f"¥{late.fee.yuan_text()}"
    )
