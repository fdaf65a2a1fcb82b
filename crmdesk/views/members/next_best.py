"""What to do next for a member, in words: one line with its verb (the order is `core.next_best`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from crmdesk.core.clock import day_in_zone
from crmdesk.core.context import Context
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.next_best import Best, Waits, steps
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Right
from crmdesk.core.tickets import TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.member_page import MemberPage, OpenTicket
from crmdesk.views.members.wording import birthday_words, last_seen_words, next_birthday_words
from crmdesk.views.support.days import day_text, due_text

_TO_COLLECT = (TicketState.READY, TicketState.NOTIFIED)
_FEW = 3
_SHORT: Final[Mapping[Best, str]] = {
    Best.LOAN_LATE: mark("loaner is late"),
    Best.TICKET_READY: mark("goods to collect"),
    Best.LOAN_DUE: mark("loaner is due"),
    Best.TICKET_LATE: mark("ticket is late"),
    Best.CALL_DUE: mark("call is due"),
    Best.BIRTHDAY: mark("birthday soon"),
    Best.POINTS_EXPIRING: mark("points expire"),
    Best.INTENT_ASKED: mark("bought something like a wish"),
    Best.INTENT: mark("wish is open"),
    Best.TICKET_OPEN: mark("ticket is open"),
    Best.SILENT: mark("long not seen"),
    Best.CONSENT_MISSING: mark("consents not asked"),
}


@dataclass(frozen=True, slots=True)
class NextBest:
    """One line; its verb opens ``ref``, or is carried out by the page where there is none."""

    best: Best
    title: str
    source: str
    tone: Tone
    icon: str
    verb: str
    ref: EntityRef | None = None


def next_best(page: MemberPage, context: Context) -> NextBest | None:
    """Give the most pressing step, with the next ones named behind it."""
    today = context.today()
    found = steps(_waits(page), today, page.value.soon)
    if not context.may(Right.EDIT_MEMBERS):
        found = [one for one in found if one in _OPENED]
    if not found:
        return None
    made = _WORDS[found[0]](page, context)
    rest = gettext(", ").join(gettext(_SHORT[one]) for one in found[1 : 1 + _FEW])
    source = [made.source, gettext("then: {what}").format(what=rest) if rest else ""]
    return NextBest(made.best, made.title, " · ".join(filter(None, source)), made.tone, made.icon, made.verb, made.ref)


def _waits(page: MemberPage) -> Waits:
    promised = [one.promised_on for one in page.tickets if one.state not in _TO_COLLECT and one.promised_on]
    return Waits(
        loan_due=min((one.due_on for one in page.loans), default=None),
        ticket_ready=any(one.state in _TO_COLLECT for one in page.tickets),
        ticket_open=any(one.state not in _TO_COLLECT for one in page.tickets),
        promised=min(promised, default=None),
        call_due=bool(page.calls),
        birthday=page.next_birthday,
        points_end=page.value.points_end,
        wanted=page.value.wanted_since,
        bought_like=page.value.bought_like,
        last_bought=page.worth.last_day,
        consent_asked=bool(page.consents),
        do_not_contact=page.do_not_contact,
    )


# -- one sentence each ---------------------------------------------------------------------------------


def _loan(best: Best, page: MemberPage, today: date) -> NextBest:
    one = min(page.loans, key=lambda loan: loan.due_on)
    late = best is Best.LOAN_LATE
    words = (
        gettext("The loaner {code} {name} has not come back.") if late else gettext("The loaner {code} {name} is due.")
    )
    return NextBest(
        best,
        words.format(code=one.code, name=one.name),
        due_text(one.due_on, today),
        Tone.LATE if late else Tone.WAITING,
        "luggage",
        gettext("Open the loan"),
        EntityRef(EntityKind.LOAN, one.id),
    )


def _loan_late(page: MemberPage, context: Context) -> NextBest:
    return _loan(Best.LOAN_LATE, page, context.today())


def _loan_due(page: MemberPage, context: Context) -> NextBest:
    return _loan(Best.LOAN_DUE, page, context.today())


def _ready(page: MemberPage, context: Context) -> NextBest:
    one = next(ticket for ticket in page.tickets if ticket.state in _TO_COLLECT)
    title = gettext("{number} {subject} is ready to collect.")
    return _ticket(Best.TICKET_READY, (one, title), page, context.today())


def _late(page: MemberPage, context: Context) -> NextBest:
    return _ticket(Best.TICKET_LATE, (_first_open(page), gettext("{number} {subject} is late.")), page, context.today())


def _open(page: MemberPage, context: Context) -> NextBest:
    return _ticket(Best.TICKET_OPEN, (_first_open(page), gettext("{number} {subject} is open.")), page, context.today())


def _first_open(page: MemberPage) -> OpenTicket:
    opened = [one for one in page.tickets if one.state not in _TO_COLLECT]
    return min(opened, key=lambda one: one.promised_on or date.max)


def _ticket(best: Best, said: tuple[OpenTicket, str], page: MemberPage, today: date) -> NextBest:
    one, title = said
    tones = {Best.TICKET_READY: Tone.OK, Best.TICKET_LATE: Tone.LATE}
    source = [label(one.state)]
    if one.promised_on is not None and best is not Best.TICKET_READY:
        source.append(due_text(one.promised_on, today))
    others = len(page.tickets) - 1
    if others:
        source.append(ngettext("and {count} more ticket", "and {count} more tickets", others).format(count=others))
    return NextBest(
        best,
        title.format(number=one.number, subject=one.subject),
        " · ".join(source),
        tones.get(best, Tone.INFO),
        "package-check" if best is Best.TICKET_READY else "wrench",
        gettext("Open the ticket"),
        EntityRef(EntityKind.TICKET, one.id),
    )


def _call(page: MemberPage, context: Context) -> NextBest:
    one = page.calls[0]
    due = day_in_zone(one.due_until, context.store.zone)
    title = gettext("A call is due: {reason}").format(reason=label(one.reason))
    words = " · ".join(part for part in (one.subject, due_text(due, context.today())) if part)
    ref = EntityRef(EntityKind.CALLBACK, one.id)
    return NextBest(Best.CALL_DUE, title, words, Tone.WAITING, "phone-call", gettext("Open the call"), ref)


def _birthday(page: MemberPage, context: Context) -> NextBest:
    today = context.today()
    day = page.next_birthday or today
    when = next_birthday_words(day, today)
    title = gettext("Birthday {when}: {day}").format(when=when, day=day_text(day, today))
    return _plan(Best.BIRTHDAY, (title, birthday_words(page.birthday)), "cake")


def _points(page: MemberPage, context: Context) -> NextBest:
    title = gettext("Points expire on {day}.").format(day=day_text(page.value.points_end or context.today()))
    words = gettext("{count:,} points in all").format(count=page.worth.points)
    return NextBest(Best.POINTS_EXPIRING, title, words, Tone.WAITING, "coins", gettext("Open the account"))


def _asked(_page: MemberPage, _context: Context) -> NextBest:
    title = gettext("Something like a wish was bought.")
    words = gettext("Was it this?")
    return NextBest(Best.INTENT_ASKED, title, words, Tone.INFO, "shopping-bag", gettext("Answer"))


def _wish(page: MemberPage, context: Context) -> NextBest:
    today = context.today()
    since = page.value.wanted_since or today
    count = (today - since).days
    title = ngettext("Wanted {count} day ago and not bought.", "Wanted {count} days ago and not bought.", count)
    return _plan(Best.INTENT, (title.format(count=count), ""), "shopping-bag")


def _silent(page: MemberPage, context: Context) -> NextBest:
    today = context.today()
    day = page.worth.last_day or today
    count = (today - day).days
    title = ngettext("Nothing bought for {count} day.", "Nothing bought for {count} days.", count)
    words = gettext("Last purchase {day}").format(day=last_seen_words(day, today))
    return _plan(Best.SILENT, (title.format(count=count), words), "moon")


def _consents(_page: MemberPage, _context: Context) -> NextBest:
    title = gettext("Nobody asked yet what this member agrees to.")
    words = gettext("Ask at the next visit, before anything is sent.")
    return NextBest(Best.CONSENT_MISSING, title, words, Tone.NEUTRAL, "shield-check", gettext("Note the consents"))


def _plan(best: Best, said: tuple[str, str], icon: str) -> NextBest:
    title, source = said
    return NextBest(best, title, source, Tone.INFO, icon, gettext("Plan a call"))


_WORDS: Final[Mapping[Best, Callable[[MemberPage, Context], NextBest]]] = {
    Best.LOAN_LATE: _loan_late,
    Best.TICKET_READY: _ready,
    Best.LOAN_DUE: _loan_due,
    Best.TICKET_LATE: _late,
    Best.CALL_DUE: _call,
    Best.BIRTHDAY: _birthday,
    Best.POINTS_EXPIRING: _points,
    Best.INTENT_ASKED: _asked,
    Best.INTENT: _wish,
    Best.TICKET_OPEN: _open,
    Best.SILENT: _silent,
    Best.CONSENT_MISSING: _consents,
}
# What somebody may open who may change nothing.
_OPENED: Final = frozenset(
    {Best.LOAN_LATE, Best.TICKET_READY, Best.LOAN_DUE, Best.TICKET_LATE, Best.CALL_DUE, Best.TICKET_OPEN}
)
