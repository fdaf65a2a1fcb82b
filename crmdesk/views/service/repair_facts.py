"""The facts of a repair: judgement with its cost split, quote with its answer, where the goods are."""

from typing import Final

from crmdesk.core.i18n import gettext, ngettext
from crmdesk.core.labels import label
from crmdesk.core.quotes import QuoteState
from crmdesk.core.roles import Right
from crmdesk.core.tickets import GoodsPlace, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.ticket_facts import JudgementRow, QuoteRow
from crmdesk.views.service.case import Case
from crmdesk.views.service.repair_more_facts import more_facts
from crmdesk.views.support.days import day_text, moment_text
from crmdesk.views.support.widgets.facts_table import Fact

HANDED_BACK: Final = frozenset(
    {TicketState.COLLECTED, TicketState.POSTED_BACK, TicketState.SCRAPPED, TicketState.CLOSED}
)


def facts(case: Case) -> list[Fact]:
    """Give the rows below what the customer said."""
    ticket = case.ticket
    return [
        Fact(gettext("Judgement"), _judged(case, ticket.judgement)),
        Fact(gettext("Quote"), _quoted(case, ticket.quote), _quote_tone(case, ticket.quote)),
        Fact(gettext("Payment"), _paid(case)),
        Fact(gettext("Goods"), _place(case)),
        *more_facts(case),
    ]


def _judged(case: Case, judged: JudgementRow | None) -> str:
    if judged is None:
        return ""
    parts = [label(judged.liability), label(judged.remedy), judged.cause]
    if case.context.may(Right.SEE_MONEY):
        parts += [f"{label(payer)} ¥{amount.short_text()}" for payer, amount in judged.shares if amount]
    if judged.warranty_months_left:
        left = judged.warranty_months_left
        parts.append(
            ngettext("{count} month of warranty left", "{count} months of warranty left", left).format(count=left)
        )
    return " · ".join(part for part in parts if part)


def _quoted(case: Case, quote: QuoteRow | None) -> str:
    if quote is None:
        return ""
    parts = [f"¥{quote.total.short_text()}"]
    if quote.state is QuoteState.OPEN:
        parts.append(gettext("valid until {day}").format(day=day_text(quote.valid_until, case.context.today())))
    if quote.answered_at is not None:
        said = gettext("agreed") if quote.state is not QuoteState.DECLINED else gettext("declined")
        if quote.state is QuoteState.REPLACED:
            parts.append(gettext("no longer in force"))
        how = label(quote.answer_channel) if quote.answer_channel is not None else ""
        parts += [
            f"{quote.answered_by} {said}".strip(),
            f"{how} {moment_text(quote.answered_at, case.context.store.zone)}".strip(),
        ]
    return " · ".join(parts)


def _quote_tone(case: Case, quote: QuoteRow | None) -> Tone | None:
    if quote is None or quote.state is not QuoteState.OPEN:
        return None
    return Tone.LATE if quote.valid_until < case.context.today() else None


def _paid(case: Case) -> str:
    ticket = case.ticket
    if ticket.open_amount.fen > 0:
        still_open = gettext("¥{amount} open").format(amount=ticket.open_amount.short_text())
        paid = gettext("paid ¥{amount}").format(amount=ticket.paid.short_text()) if ticket.paid else ""
        return " · ".join(part for part in (still_open, paid) if part)
    return gettext("paid ¥{amount}").format(amount=ticket.paid.short_text()) if ticket.paid else ""


def _place(case: Case) -> str:
    ticket = case.ticket
    if ticket.goods_place is GoodsPlace.NONE:
        return ""
    parts = [label(ticket.goods_place), ticket.shelf, label(ticket.route)]
    return " · ".join(part for part in parts if part)
