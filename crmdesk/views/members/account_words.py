"""How points, stored value and levels are said on screen."""

from collections.abc import Callable

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.levels import LevelRule, rank
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.tones import Tone
from crmdesk.queries.account_events import LevelDone, MovementDone
from crmdesk.queries.level_case import LevelCase, LevelMove
from crmdesk.queries.member_ledger import LedgerRow, LedgerStanding
from crmdesk.views.members.wording import amount
from crmdesk.views.support.columns import Column, ColumnKind
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.widgets.facts_table import Fact

_LOOKS: dict[LedgerReason, tuple[Tone, str]] = {
    LedgerReason.OPENING: (Tone.NEUTRAL, "download"),
    LedgerReason.PURCHASE: (Tone.OK, "shopping-bag"),
    LedgerReason.RETURN: (Tone.WARN, "undo-2"),
    LedgerReason.SPENT: (Tone.INFO, "hand-coins"),
    LedgerReason.TOP_UP: (Tone.OK, "wallet"),
    LedgerReason.EXPIRED: (Tone.NEUTRAL, "hourglass"),
    LedgerReason.COMPENSATION: (Tone.INFO, "heart"),
    LedgerReason.CORRECTION: (Tone.WARN, "pencil"),
    LedgerReason.REFUND: (Tone.WARN, "banknote"),
    LedgerReason.GIVEN: (Tone.OK, "gift"),
    LedgerReason.SETTLED: (Tone.NEUTRAL, "scale"),
}
_KIND_ICONS = {LedgerKind.POINTS: "coins", LedgerKind.PRINCIPAL: "wallet", LedgerKind.BONUS: "gift"}


def reason_look(reason: LedgerReason) -> tuple[Tone, str]:
    """Give tone and icon of a reason."""
    return _LOOKS[reason]


def moved_words(kind: LedgerKind, value: int, *, signed: bool = True) -> str:
    """Give points, or fen as yuan: +120, -¥35.00."""
    sign = "-" if value < 0 else "+" if signed and value > 0 else ""
    figure = f"{abs(value):,}" if kind is LedgerKind.POINTS else f"¥{Money(abs(value)).short_text()}"
    return f"{sign}{figure}"


def ledger_columns(context: Callable[[], Context]) -> list[Column[LedgerRow]]:
    """Give the columns of the list of movements."""
    zone = context().store.zone
    return [
        Column("at", mark("When"), lambda row: moment_text(row.at, zone), 96, ColumnKind.MOMENT, value=_at, whole=True),
        Column("kind", mark("Account"), lambda row: label(row.kind), 84),
        Column(
            "reason",
            mark("What for"),
            lambda row: label(row.reason),
            128,
            ColumnKind.STATUS,
            tone=lambda row: reason_look(row.reason)[0],
            icon=lambda row: reason_look(row.reason)[1],
        ),
        Column("amount", mark("Amount"), lambda row: moved_words(row.kind, row.amount), 92, ColumnKind.NUMBER,
               tone=lambda row: Tone.LATE if row.amount < 0 else Tone.OK, value=_plain_amount),
        Column("running", mark("Balance"), lambda row: moved_words(row.kind, row.running, signed=False), 92,
               ColumnKind.NUMBER, value=_plain_running),
        Column("paper", mark("Paper"), lambda row: row.paper_number or row.receipt, 122, whole=True),
        Column("note", mark("Note"), note_words, 140, stretch=True, tooltip=note_words),
        Column("who", mark("By"), who_words, 84),
        Column("ends", mark("Ends"), lambda row: f"{row.expires_on:%Y-%m-%d}" if row.expires_on else "", 96,
               ColumnKind.DAY, value=lambda row: row.expires_on, whole=True),
    ]  # fmt: skip


def _at(row: LedgerRow) -> object:
    return row.at


def _plain_amount(row: LedgerRow) -> object:
    return row.amount if row.kind is LedgerKind.POINTS else Money(row.amount).yuan_text()


def _plain_running(row: LedgerRow) -> object:
    return row.running if row.kind is LedgerKind.POINTS else Money(row.running).yuan_text()


def note_words(row: LedgerRow) -> str:
    """Give the note of a line with what it did to the debt and whether it was taken back."""
    parts = [row.note]
    if row.owed > 0:
        parts.append(gettext("{points} owed").format(points=f"{row.owed:,}"))
    elif row.owed < 0 and row.reason is not LedgerReason.SETTLED:
        parts.append(gettext("{points} of the debt struck off").format(points=f"{-row.owed:,}"))
    if row.taken_back:
        parts.append(gettext("taken back"))
    elif row.counter:
        parts.append(gettext("counter entry"))
    return " · ".join(part for part in parts if part)


def who_words(row: LedgerRow) -> str:
    """Give who wrote a line, and who approved it."""
    if row.reason is LedgerReason.EXPIRED:
        return ""  # the calendar takes it, nobody does
    return f"{row.who} / {row.approver}" if row.approver else row.who


def balance_facts(found: LedgerStanding, context: Context) -> list[Fact]:
    """Give what stands in the ledgers, with what ends next and what is owed."""
    facts = [Fact(gettext("Points"), f"{found.points:,}", icon="coins")]
    if found.next_expiry is not None:
        ends = gettext("{points} on {day}").format(
            points=f"{found.next_points:,}", day=day_text(found.next_expiry, context.today())
        )
        facts.append(Fact(gettext("End next"), ends, Tone.WARN if found.expiring else None, "hourglass"))
    if found.owed:
        facts.append(Fact(gettext("Owed"), f"{found.owed:,}", Tone.WARN, "scale"))
    if found.principal is not None and found.bonus is not None:
        facts.append(Fact(gettext("Stored value"), amount(found.principal), icon="wallet"))
        facts.append(Fact(gettext("Bonus"), amount(found.bonus), icon="gift"))
    return facts


# -- levels ----------------------------------------------------------------------------------


def level_facts(case: LevelCase, context: Context) -> list[Fact]:
    """Give why the level is what it is: figures, rule, what is missing, the end of the grace, benefits."""
    facts = [
        Fact(gettext("In the period"), figures_words(case, context)),
        Fact(gettext("Level rule"), rule_words(case.rule, case.tier)),
    ]
    if case.fixed:
        facts.append(Fact(gettext("By hand"), gettext("stays until it is released"), Tone.INFO, "lock"))
    elif case.until is not None:
        words = gettext("until {day}, then {level}").format(
            day=day_text(case.until, context.today()), level=label(case.earned)
        )
        facts.append(Fact(gettext("Kept"), words, Tone.WARN, "hourglass"))
    if case.above is not None and case.missing is not None:
        words = gettext("{missing} to {level}").format(
            missing=figure_words(case.missing, case.rule), level=label(case.above)
        )
        facts.append(Fact(gettext("To go up"), words, icon="flag"))
    benefits = [gettext(case.benefits)] if case.benefits else []
    benefits.append(gettext("loaner deposit {percent} %").format(percent=case.deposit_percent))
    facts.append(Fact(gettext("Benefits"), " · ".join(benefits), icon="gift"))
    if case.card:
        words = gettext("{number} shows another level").format(number=case.card)
        facts.append(Fact(gettext("Card"), words, Tone.WARN, "credit-card"))
    return facts


def figures_words(case: LevelCase, context: Context) -> str:
    """Give spend and purchases of the period, with its first day."""
    receipts = ngettext("{count} receipt", "{count} receipts", case.purchases).format(count=case.purchases)
    since = gettext("since {day}").format(day=day_text(case.period_from, context.today()))
    spend = amount(case.spend) or "¥0"
    return f"{spend} · {receipts} · {since}"


def rule_words(rule: LevelRule, tier: object = None) -> str:
    """Give the mark of a level, or of the lowest above it, and the length of the period."""
    mark_of = next((rule.marks[one] for one in rule.marks if one is tier), None)
    period = ngettext("in {count} month", "in {count} months", rule.months).format(count=rule.months)
    if mark_of is None:
        return gettext("no minimum")
    return gettext("from {figure} {period}").format(figure=figure_words(mark_of, rule), period=period)


def figure_words(figure: int, rule: LevelRule) -> str:
    """Give a figure of the rule: ¥8,000, or 8 receipts."""
    if rule.by_purchases:
        return ngettext("{count} receipt", "{count} receipts", figure).format(count=figure)
    return f"¥{Money(figure).short_text()}"


def move_words(move: LevelMove, context: Context) -> str:
    """Give one change of level in a line."""
    day = day_text(day_in_zone(move.at, context.store.zone), context.today())
    parts = [day, f"{label(move.before)} → {label(move.after)}", label(move.reason), move.note, move.who]
    return " · ".join(part for part in parts if part)


def account_event(facts: MovementDone | LevelDone) -> tuple[str, str, str, Tone | None]:
    """Give icon, title, detail and tone of a line of the time line."""
    if isinstance(facts, LevelDone):
        up = rank(facts.after) > rank(facts.before)
        title = gettext("Level {after}") if up else gettext("Level lowered to {after}")
        detail = " · ".join(part for part in (label(facts.before), label(facts.reason), facts.note) if part)
        return "award", title.format(after=label(facts.after)), detail, Tone.OK if up else Tone.WARN
    tone, icon = reason_look(facts.reason)
    title = f"{label(facts.reason)}: {label(facts.kind)} {moved_words(facts.kind, facts.amount)}"
    owed = gettext("{points} owed").format(points=f"{facts.owed:,}") if facts.owed > 0 else ""
    return icon, title, " · ".join(part for part in (facts.number, facts.note, owed) if part), tone
