"""How the intake form says things: goods, history, loaners, amounts."""

from datetime import date

from crmdesk.core.dates import months_between
from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.money import Money
from crmdesk.queries.intake import IntakeRules, PersonFacts
from crmdesk.queries.intake_goods import GoodsRow
from crmdesk.queries.loaners import LoanProposal

JOINT = " · "


def yuan(amount: Money) -> str:
    """Give an amount with its sign."""
    return f"¥{amount.short_text()}"


def goods_words(row: GoodsRow) -> str:
    """Say a thing in one line: what it is, when it was bought, for how much."""
    parts = [row.name]
    parts += [part for part in (row.brand, row.colour, row.size) if part and part not in row.name]
    what = " ".join(parts)
    if row.purchased_on is None:
        return what
    price = yuan(row.price) if row.price else ""
    bought = gettext("{day} {price}").format(day=row.purchased_on.isoformat(), price=price)
    return f"{what}{JOINT}{bought.strip()}"


def history_words(facts: PersonFacts) -> str:
    """Say in one line what happened with this person before."""
    parts = [
        gettext("Repair no. {count} here").format(count=facts.repairs_here + 1),
        gettext("open {count}").format(count=facts.open_tickets),
    ]
    if facts.last_day is not None:
        day = facts.last_day.isoformat()
        parts.append(gettext("last {day} {words}").format(day=day, words=facts.last_words).strip())
    if facts.loans_out:
        parts.append(
            ngettext("{count} loaner out", "{count} loaners out", facts.loans_out).format(count=facts.loans_out)
        )
    parts.append(gettext("{points} points").format(points=f"{facts.points:,}"))
    return JOINT.join(parts)


def warranty_words(bought: date | None, today: date, rules: IntakeRules) -> str:
    """Say how much of the house warranty is left; nothing without a purchase."""
    if bought is None:
        return ""
    left = rules.warranty_months - months_between(bought, today)
    if left <= 0:
        return gettext("Out of warranty")
    return ngettext("warranty: {count} month left", "warranty: {count} months left", left).format(count=left)


def proposal_title(one: LoanProposal) -> str:
    """Give the first line of a loaner's card."""
    return JOINT.join(part for part in (one.code, " ".join(filter(None, (one.name, one.colour)))) if part)


def proposal_detail(one: LoanProposal, today: date) -> str:
    """Give the second line: how it fits, how it looks, when it was cleaned."""
    fit = {0: gettext("same size")}.get(
        one.size_step, gettext("one size up") if one.size_step > 0 else gettext("one size down")
    )
    parts = [fit, gettext("looks {looks}/10").format(looks=one.looks)]
    if one.cleaned_on is not None:
        day = f"{one.cleaned_on:%m-%d}" if one.cleaned_on.year == today.year else one.cleaned_on.isoformat()
        parts.append(gettext("cleaned {day}").format(day=day))
    return JOINT.join(parts)
