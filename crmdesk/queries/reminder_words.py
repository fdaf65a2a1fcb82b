"""The words of a reminder: the store's text of the stage with the customer's surname and the facts filled in."""

from datetime import date

from sqlalchemy.orm import Session

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext_in, mark
from crmdesk.core.money import Money
from crmdesk.core.names import address_form
from crmdesk.core.settings_uncollected import WORDS
from crmdesk.core.uncollected import Ladder, ReminderStage, due_on
from crmdesk.queries.reminders import WaitingRow, ladder
from crmdesk.queries.settings import store_settings

_OPEN = mark("There are ¥{amount} to pay.")
_FEE = mark("If it is not collected, we charge ¥{amount} a day for keeping it, from the day after this letter.")


def words(session: Session, row: WaitingRow, stage: ReminderStage, context: Context, language: str) -> str:
    """Give the text to be read out, sent or printed; a name in braces that nobody knows stays as it is."""
    chosen = language if (stage, language) in WORDS else "en"
    text = store_settings(session, context.store.id).get(WORDS[stage, chosen])
    for name, value in _facts(row, ladder(session, context), context, chosen).items():
        text = text.replace(f"{{{name}}}", value)
    return "\n\n".join(part.strip() for part in text.split("\n\n") if part.strip())


def _facts(row: WaitingRow, rules: Ladder, context: Context, language: str) -> dict[str, str]:
    told = row.waiting.told_at
    return {
        "name": address_form(row.member_name, row.member_gender, language),
        "store": context.store.name,
        "item": row.item,
        "number": row.number,
        "days": str(row.days),
        "count": str(len(row.reminded)),
        "open": _amount(_OPEN, row.open_amount, language),
        "fee": _amount(_FEE, rules.fee_per_day, language),
        "received_day": day_words(day_in_zone(row.received_at, context.store.zone), language),
        "told_day": day_words(day_in_zone(told, context.store.zone), language) if told else "",
        "letter_day": _day(due_on(row.waiting, rules, rules.letter_days), language),
    }


def _amount(message: str, amount: Money, language: str) -> str:
    return gettext_in(language, message).format(amount=amount.short_text()) if amount > Money(0) else ""


def _day(day: date | None, language: str) -> str:
    return day_words(day, language) if day is not None else ""


def day_words(day: date, language: str) -> str:
    """Give a day as a letter writes it."""
    return f"{day.year}年{day.month}月{day.day}日" if language.startswith("zh") else f"{day.day} {day:%B %Y}"
