"""A return in words: lines, decisions, what the age of the purchase gives the buyer."""

from datetime import date

from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.money import Money
from crmdesk.core.return_rules import ReturnWindow, WindowReading
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
    ReturnWindow.RETURN: (mark("Faulty goods: return, exchange or repair until {day}"), Tone.INFO),
    ReturnWindow.EXCHANGE: (mark("Faulty goods: exchange or repair until {day}"), Tone.WAITING),
    ReturnWindow.WARRANTY: (mark("House warranty until {day}"), Tone.NEUTRAL),
    ReturnWindow.OVER: (mark("The periods for return, exchange and warranty are over"), Tone.WARN),
}


def yuan(amount: Money) -> str:
    """Give an amount as it stands on the panel."""
    return f"¥{amount.short_text()}"


def line_name(line: ReturnRow) -> str:
    """Give the name with the pieces."""
    return f"{line.name} × {line.quantity}" if line.quantity > 1 else line.name


def line_facts(line: ReturnRow, today: date) -> str:
    """Give reason, condition, receipt."""
    parts = [label(line.reason), label(line.condition) if line.condition else gettext("not looked at yet")]
    if line.bought_on is not None:
        bought = gettext("bought {day}").format(day=day_text(line.bought_on, today))
        parts += [bought, line.receipt]
    elif line.no_receipt_reason:
        parts.append(gettext("no receipt: {reason}").format(reason=line.no_receipt_reason))
    return " · ".join(part for part in parts if part)


def decided_words(line: ReturnRow) -> str:
    """Give what is done with the line besides the decision itself."""
    parts = [
        gettext("for {goods}").format(goods=line.exchanged_for) if line.exchanged_for else "",
        line.decision_note,
        _points(line),
    ]
    return " · ".join(part for part in parts if part)


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


def window_words(reading: WindowReading, today: date) -> tuple[str, Tone]:
    """Say what the buyer may ask for at this age of the purchase."""
    words, tone = _WINDOWS[reading.window]
    day = day_text(reading.until, today) if reading.until is not None else ""
    age = ngettext("bought {count} day ago", "bought {count} days ago", reading.days_old).format(count=reading.days_old)
    return f"{gettext(words).format(day=day)} · {age}", tone


def window_source() -> str:
    """Say where the periods come from."""
    return gettext("Consumer protection law, art. 24; Zhejiang consumer regulation, art. 26; not legal advice")


def bought_words(line: BoughtRow, today: date) -> str:
    """Give a bought line as a choice."""
    left = gettext("{count} left").format(count=line.left) if line.left > 1 else ""
    return " · ".join(part for part in (day_text(line.day, today), line.name, yuan(line.price), left) if part)
