"""How loaners and loans are said on screen: status, due day, amounts, what a thing is."""

from datetime import date

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.loaners import LoanerState
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.queries.loaner_rows import LoanerRow
from crmdesk.queries.loaners import LoanProposal
from crmdesk.views.support.days import due_text

_PAID_BY = (mark("Cash"), mark("WeChat Pay"), mark("Alipay"), mark("Bank card"))
Status = tuple[str, Tone, str]

_LOOK: dict[LoanerState, tuple[Tone, str]] = {
    LoanerState.ON_SHELF: (Tone.OK, "check"),
    LoanerState.RESERVED: (Tone.INFO, "bookmark"),
    LoanerState.LENT: (Tone.INFO, "luggage"),
    LoanerState.RETURNED: (Tone.WAITING, "inbox"),
    LoanerState.TO_INSPECT: (Tone.WAITING, "eye"),
    LoanerState.TO_CLEAN: (Tone.WAITING, "spray-can"),
    LoanerState.IN_REPAIR: (Tone.WARN, "wrench"),
    LoanerState.RETIRED: (Tone.NEUTRAL, "archive"),
    LoanerState.LOST: (Tone.LATE, "circle-x"),
}


def status(row: LoanerRow) -> Status:
    """Give the pill of a row: word, tone, icon; what is out says whether it is late."""
    if row.loan_id is not None and row.days_late:
        return gettext("Overdue"), Tone.LATE, "alarm-clock"
    if row.loan_id is not None and row.repair_done:
        return gettext("Repair ready"), Tone.WARN, "package-check"
    return state_status(row.state)


def state_status(state: LoanerState) -> Status:
    """Give the pill of a state."""
    tone, icon = _LOOK[state]
    return label(state), tone, icon


def due_tone(row: LoanerRow, today: date) -> Tone | None:
    """Give the tone of a due day."""
    if row.due_on is None:
        return None
    if row.due_on < today:
        return Tone.LATE
    return Tone.WAITING if (row.due_on - today).days <= 1 else None


def due_words(row: LoanerRow, today: date) -> str:
    """Say how far the due day is; nothing when it is not out."""
    return due_text(row.due_on, today) if row.due_on is not None else ""


def days_words(days: int) -> str:
    """Say a number of days."""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def age_words(row: LoanerRow) -> str:
    """Say how long a loaner is out; nothing when it is not."""
    if row.loan_id is None:
        return ""
    return days_words(row.days_out) if row.days_out else gettext("since today")


def amount(money: Money) -> str:
    """Give an amount with its sign."""
    return f"¥{money.short_text()}"


def what_it_is(row: LoanerRow) -> str:
    """Give kind, size, brand and colour in one line."""
    return " · ".join(part for part in (label(row.category), row.brand, row.colour, row.size) if part)


def looks_words(looks: int) -> str:
    """Say how new it looks, in tenths."""
    return gettext("looks {looks}/10").format(looks=looks)


def proposal_title(one: LoanProposal) -> str:
    """Give the first line of a proposal's card."""
    return f"{one.code} · {one.name}"


def proposal_detail(one: LoanProposal, today: date) -> str:
    """Give the second line of a proposal's card: how it fits and what state it is in."""
    parts = [_fit(one.size_step), one.colour, looks_words(one.looks)]
    if one.cleaned_on is not None:
        parts.append(gettext("cleaned {day}").format(day=_short_day(one.cleaned_on, today)))
    return " · ".join(part for part in parts if part)


def _fit(step: int) -> str:
    if step == 0:
        return gettext("same size")
    if abs(step) > 1:
        return gettext("two sizes up") if step > 0 else gettext("two sizes down")
    return gettext("one size up") if step > 0 else gettext("one size down")


def _short_day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def paid_by_choices() -> list[tuple[str, str]]:
    """Give the ways in which a deposit or a fee is paid."""
    return [(gettext(words), gettext(words)) for words in _PAID_BY]


def ladder_words(row: LoanerRow) -> str:
    """Say how often somebody late was reminded; nothing when it is not late."""
    if not row.days_late or row.loan_id is None:
        return ""
    if not row.reminded:
        return gettext("not reminded yet")
    return ngettext("reminded once", "reminded {count} times", row.reminded).format(count=row.reminded)
