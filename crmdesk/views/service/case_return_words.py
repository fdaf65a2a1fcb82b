"""A return in words: lines, decisions, what the age of the purchase gives the buyer."""

from datetime import date

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.return_rules import FAULTS, Policy, ReturnWindow
from crmdesk.core.tickets import ReturnDecision
from crmdesk.core.tones import Tone
from crmdesk.queries.return_case import BoughtRow, ReturnCase, ReturnRow
from crmdesk.views.support.days import day_text

DECISION_LOOKS: dict[ReturnDecision, tuple[Tone, str]] = {
    ReturnDecision.REFUND: (Tone.OK, "banknote"),
    ReturnDecision.EXCHANGE: (Tone.INFO, "arrow-right-left"),
    ReturnDecision.REPAIR: (Tone.INFO, "wrench"),
    ReturnDecision.REJECT: (Tone.WARN, "ban"),
}
_WINDOWS = {
    ReturnWindow.DISTANCE: (mark("Sold at a distance: return without a reason until {day}"), Tone.INFO),
    ReturnWindow.RETURN: (mark("Faulty goods: return, exchange or repair until {day}"), Tone.INFO),
    ReturnWindow.EXCHANGE: (mark("Faulty goods: exchange or repair until {day}"), Tone.WAITING),
    ReturnWindow.WARRANTY: (mark("House warranty until {day}"), Tone.NEUTRAL),
    ReturnWindow.OVER: (mark("The periods for return, exchange and warranty are over"), Tone.LATE),
}


def yuan(amount: Money) -> str:
    """Give an amount as it stands on the panel."""
    return f"¥{amount.short_text()}"


def line_name(line: ReturnRow) -> str:
    """Give the name with the pieces."""
    return f"{line.name} × {line.quantity}" if line.quantity > 1 else line.name


def line_facts(line: ReturnRow, today: date) -> str:
    """Give reason, condition, receipt and the store that sold it."""
    parts = [label(line.reason), label(line.condition) if line.condition else gettext("not looked at yet")]
    if line.bought_on is not None:
        bought = gettext("bought {day}").format(day=day_text(line.bought_on, today))
        parts += [bought, line.receipt, line.store]
    elif line.no_receipt_reason:
        parts.append(gettext("no receipt: {reason}").format(reason=line.no_receipt_reason))
        if line.no_receipt_by:
            parts.append(gettext("approved by {person}").format(person=line.no_receipt_by))
    if line.gift:
        parts.append(gift_words(line))
    return " · ".join(part for part in parts if part)


def gift_words(line: ReturnRow) -> str:
    """Say what became of the gift that came along."""
    if line.gift_back:
        return gettext("gift {gift} is back").format(gift=line.gift)
    if not line.gift_value:
        return gettext("gift {gift} is kept").format(gift=line.gift)
    return gettext("gift {gift} is kept: {amount} off").format(gift=line.gift, amount=yuan(line.gift_value))


def decided_words(line: ReturnRow) -> str:
    """Give what is done with the line besides the decision itself."""
    parts = [
        gettext("for {goods}").format(goods=line.exchanged_for) if line.exchanged_for else "",
        difference_words(line.difference),
        line.decision_note,
        _given_back(line),
        _points(line),
    ]
    return " · ".join(part for part in parts if part)


def difference_words(difference: Money) -> str:
    """Say who pays the difference of an exchange."""
    if not difference:
        return ""
    if difference > Money(0):
        return gettext("customer pays {amount} more").format(amount=yuan(difference))
    return gettext("{amount} back to the customer").format(amount=yuan(-difference))


def _given_back(line: ReturnRow) -> str:
    parts = []
    if line.stored_given_back:
        parts.append(gettext("{amount} to stored value").format(amount=yuan(line.stored_given_back)))
    if line.points_given_back:
        count = line.points_given_back
        parts.append(ngettext("{count} point given back", "{count} points given back", count).format(count=count))
    return " · ".join(parts)


def _points(line: ReturnRow) -> str:
    taken = line.points_back
    words = ngettext("{count} point taken back", "{count} points taken back", taken).format(count=taken)
    if line.points_owed:
        owed = gettext("{count} still owed").format(count=line.points_owed)
        return f"{words}, {owed}"
    return words if taken else ""


def total_words(known: ReturnCase) -> str:
    """Give the sum: refund of what was paid."""
    if any(line.decision is not None for line in known.lines):
        return gettext("Refund {refund} of {paid} paid").format(refund=yuan(known.refund), paid=yuan(known.paid))
    return gettext("{paid} paid").format(paid=yuan(known.paid))


def hands_words(known: ReturnCase) -> str:
    """Say what money changes hands, where that is not the refund alone."""
    stored = Money.total(line.stored_given_back for line in known.lines)
    difference = Money.total(line.difference for line in known.lines)
    if not stored and not any(line.difference for line in known.lines):
        return ""
    handed = known.refund - stored - difference
    parts = [gettext("{amount} to stored value").format(amount=yuan(stored)) if stored else ""]
    if handed > Money(0):
        parts.append(gettext("{amount} paid out").format(amount=yuan(handed)))
    elif handed:
        parts.append(gettext("customer pays {amount}").format(amount=yuan(-handed)))
    return " · ".join(part for part in parts if part)


def policy_words(line: ReturnRow, today: date) -> tuple[str, Tone]:
    """Say what the buyer may ask for by the age of the purchase, and why he comes with it."""
    if line.policy is None:
        return gettext("No receipt: by agreement only"), Tone.WARN
    reading = line.policy.reading
    words, tone = _WINDOWS[reading.window]
    last = reading.until or reading.ended
    day = day_text(last, today) if last is not None else ""
    age = ngettext("bought {count} day ago", "bought {count} days ago", reading.days_old).format(count=reading.days_old)
    said = gettext(words).format(day=day)
    if reading.window is ReturnWindow.OVER:
        return gettext("{words} since {day}").format(words=said, day=day) + f" · {age}", tone
    if line.reason not in FAULTS and reading.window is not ReturnWindow.DISTANCE:
        agreed = gettext("no fault: by agreement")
        return f"{said} · {age} · {agreed}", Tone.NEUTRAL
    return f"{said} · {age}", tone


def policy_source(line: ReturnRow) -> str:
    """Say where the period comes from."""
    return gettext(line.policy.reading.source) if line.policy is not None else ""


def refund_due_words(due: date, today: date) -> tuple[str, Tone]:
    """Say by when the money of a distance sale has to be back."""
    day = day_text(due, today)
    if today > due:
        return gettext("Refund was due {day}").format(day=day), Tone.LATE
    return gettext("Refund due by {day}").format(day=day), Tone.WAITING


def choice_words(policy: Policy | None, decision: ReturnDecision | None) -> tuple[str, Tone | None]:
    """Say how a decision stands to what the buyer may ask for by right."""
    if policy is None or decision is None:
        return "", None
    if decision is ReturnDecision.REJECT:
        if not policy.by_right:
            return "", None
        asked = gettext(", ").join(label(one) for one in ReturnDecision if one in policy.by_right)
        return gettext("The customer may ask for: {decisions}.").format(decisions=asked), Tone.LATE
    if decision in policy.by_right:
        return gettext("The customer may ask for it."), Tone.OK
    return gettext("By agreement: the customer has no right to it."), Tone.WARN


def bought_words(line: BoughtRow, today: date) -> str:
    """Give a bought line as a choice."""
    left = gettext("{count} left").format(count=line.left) if line.left > 1 else ""
    parts = (day_text(line.day, today), line.name, yuan(line.price), left, line.store)
    return " · ".join(part for part in parts if part)
