"""Facts of a repair's rarely used ways: evidence, charges, failed checks, linked orders, parcel, consent."""

from typing import Final

from crmdesk.core.fault_codes import fault_name
from crmdesk.core.hand_over import TicketLink
from crmdesk.core.i18n import gettext, mark, ngettext
from crmdesk.core.labels import label
from crmdesk.core.repair_rules import in_the_post, waits_for_goods
from crmdesk.core.roles import Right
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Payer, TicketState
from crmdesk.core.tones import Tone
from crmdesk.queries.repair_case import LinkRow, ParcelRow
from crmdesk.views.service.case import Case
from crmdesk.views.service.loan_fee_words import loan_fee_facts
from crmdesk.views.service.repair_charge_dialogs import charge_words
from crmdesk.views.service.repair_known import known_of
from crmdesk.views.support.days import moment_text
from crmdesk.views.support.widgets.facts_table import Fact

# A link of a fact names the ticket that it opens.
_LINK: Final = "ticket:"
_LATER: Final = {
    TicketLink.COME_BACK: mark("Came back as"),
    TicketLink.TURNED_FROM: mark("Goes on as"),
    TicketLink.RELATED: mark("Belongs to"),
}


def more_facts(case: Case) -> list[Fact]:
    """Give the rows; empty ones are left out by the table."""
    known = known_of(case)
    return [
        *_waiting(case),
        *_evidence(case),
        *_charges(case),
        *_failed(case),
        *([_linked(label(known.earlier.link), known.earlier)] if known.earlier is not None else []),
        *(_linked(gettext(_LATER[one.link]), one) for one in known.later),
        *([_parcel(case, known.parcel)] if known.parcel is not None else []),
        *_kept(case),
    ]


def ticket_of(link: str) -> int | None:
    """Give the ticket that a fact's link opens; None for another kind of link."""
    return int(link.removeprefix(_LINK)) if link.startswith(_LINK) else None


def _waiting(case: Case) -> list[Fact]:
    ticket = case.ticket
    if not waits_for_goods(ticket.state, ticket.goods_place):
        return []
    words = gettext("The order has ended; the goods are still here.")
    return [Fact(gettext("Goods waiting"), words, Tone.WARN, "triangle-alert")]


def _evidence(case: Case) -> list[Fact]:
    judged, more = case.ticket.judgement, known_of(case).judged
    if judged is None:
        return []
    count = len(more.photos)
    photos = ngettext("{count} photo", "{count} photos", count).format(count=count) if count else ""
    bought = ""
    if judged.months_since_purchase is not None:
        months = judged.months_since_purchase
        bought = ngettext("{count} month after the purchase", "{count} months after the purchase", months).format(
            count=months
        )
    fault = fault_name(more.fault) if more.fault else ""
    decider = " ".join((more.decided_by_words or judged.person, moment_text(judged.at, case.context.store.zone)))
    cost = ""
    if more.cost and case.context.may(Right.SEE_MONEY):
        cost = gettext("Total ¥{amount}").format(amount=more.cost.short_text())
    return [
        Fact(gettext("Evidence"), " · ".join(part for part in (fault, bought, photos, judged.evidence) if part)),
        Fact(gettext("Rule"), judged.rule),
        Fact(gettext("Decided by"), " · ".join(part for part in (decider, cost) if part)),
    ]


def _charges(case: Case) -> list[Fact]:
    lines = []
    for one in known_of(case).charges:
        words = charge_words(one)
        if one.waived:
            words = gettext("{charge}, waived: {reason}").format(charge=words, reason=one.waive_reason)
        lines.append(Fact(gettext("Charge"), words))
    known = known_of(case)
    lines += loan_fee_facts(known.loan_fees)
    if case.ticket.quote is not None and known.quote_payer is not Payer.CUSTOMER:
        lines.append(Fact(gettext("Paid by"), label(known.quote_payer)))
    if case.ticket.open_amount.fen < 0:
        words = gettext("¥{amount} to be paid back").format(amount=(-case.ticket.open_amount).short_text())
        lines.append(Fact(gettext("Paid too much"), words, Tone.WARN, "hand-coins"))
    return lines


def _failed(case: Case) -> list[Fact]:
    failed = [one for one in case.ticket.events if one.act is TicketAct.CHECK_FAILED]
    found = []
    if failed:
        times = ngettext("{count} time", "{count} times", len(failed)).format(count=len(failed))
        found.append(Fact(gettext("Check failed"), f"{times} · {failed[0].note}", Tone.WARN))
    stopped = next((one for one in case.ticket.events if one.act is TicketAct.WORK_STOPPED), None)
    if stopped is not None and case.ticket.state is TicketState.QUOTED:
        words = gettext("The amount grew; the work goes on when the customer agrees.")
        found.append(Fact(gettext("Work stopped"), words, Tone.WARN, "circle-alert"))
    return found


def _linked(words: str, row: LinkRow) -> Fact:
    return Fact(words, f"{row.number} · {label(row.state)}", icon="link", link=f"{_LINK}{row.id}")


def _parcel(case: Case, parcel: ParcelRow) -> Fact:
    zone = case.context.store.zone
    sent = gettext("sent {when}").format(when=moment_text(parcel.sent_at, zone))
    if parcel.delivered_at is not None:
        sent = gettext("arrived {when}").format(when=moment_text(parcel.delivered_at, zone))
    elif not in_the_post(case.ticket.state, case.ticket.goods_place):
        sent = gettext("came back undelivered")
    fee = ""
    if parcel.fee:
        fee = gettext("fee ¥{amount}, {payer}").format(amount=parcel.fee.short_text(), payer=label(parcel.payer))
    parts = (f"{parcel.courier} {parcel.tracking}", parcel.recipient, parcel.address, sent, fee)
    return Fact(gettext("Parcel"), " · ".join(part for part in parts if part), icon="send")


def _kept(case: Case) -> list[Fact]:
    kept = known_of(case).disposal
    if kept is None or case.ticket.goods_place is not GoodsPlace.NONE:
        return []
    how = gettext("on paper") if kept.on_paper else gettext("on screen")
    return [Fact(label(kept.kind), f"{kept.person} · {how} · {kept.words}", icon="file-pen")]
