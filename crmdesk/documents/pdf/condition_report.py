"""The condition report: the thing at each gate side by side, new marks ringed, gaps named, room to sign."""

from collections.abc import Sequence
from typing import Final

from crmdesk.core.i18n import mark
from crmdesk.core.labels import label_in
from crmdesk.core.paper_facts.condition import ConditionReportFacts, GateFacts
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.documents.pdf.blocks import Beside, Block, Framed, Gap, Kept, Stack, Text, section
from crmdesk.documents.pdf.fields import Field, Fields, Signatures, list_field
from crmdesk.documents.pdf.heading import Heading
from crmdesk.documents.pdf.marks import Drawing, mark_lines
from crmdesk.documents.pdf.paper import columns_for, write_paper
from crmdesk.documents.pdf.parts import customer_fields, item_fields
from crmdesk.documents.pdf.pictures import Pictures
from crmdesk.documents.pdf.styles import QUIET, SMALL, STRONG
from crmdesk.documents.pdf.words import Words

_TITLE: Final = mark("Condition report")
_BESIDE: Final = 2
_TALL: Final = 46.0  # millimetres of a drawing


def render(facts: ConditionReportFacts, language: str, paper: PaperFormat = PaperFormat.A4) -> bytes:
    """Give the report as PDF."""
    words = Words(language)
    heading = Heading(facts.store, words.gettext(_TITLE), facts.number)
    return write_paper(heading, _body(facts, words, paper), facts.printed, words, paper)


def _body(facts: ConditionReportFacts, words: Words, paper: PaperFormat) -> list[Block]:
    known = [
        *customer_fields(facts.customer, words),
        *item_fields(facts.item, words),
        Field(words.gettext("Ticket"), facts.ticket_number),
        list_field(words.gettext("Accessories"), words.listed(facts.accessories)),
    ]
    hint = words.gettext("A second ring shows what was not there at the gate before.")
    gates = [_gate(one, words) for one in facts.gates]
    return [
        Fields(known, columns_for(paper)),
        Gap(1.2),
        Text(hint, QUIET, 2),
        Gap(1.4),
        *_in_pairs(gates),
        Gap(2.0),
        Kept(Signatures((words.gettext("Customer's signature, date"), words.gettext("For the store, date")))),
    ]


def _in_pairs(gates: Sequence[Block]) -> list[Block]:
    pairs: list[Block] = []
    for place in range(0, len(gates), _BESIDE):
        both = gates[place : place + _BESIDE]
        pairs += [Kept(Beside(both, [1.0] * len(both), 4.0)), Gap(2.0)]
    return pairs


def _gate(one: GateFacts, words: Words) -> Block:
    title = label_in(words.language, one.gate)
    if one.condition is None:
        gap = words.gettext("Nobody looked here.") if one.skipped else words.gettext("Not there yet.")
        return Framed(Stack(section(title, Text(gap, SMALL, 2))))
    looked = "  ".join(part for part in (words.moment(one.at) if one.at else "", one.by) if part)
    listed = mark_lines(one.condition) or [Text(words.gettext("No damage was seen."), SMALL, 2)]
    new = tuple(str(mark.number) for mark in one.condition.marks if mark.new)
    found = [Text(words.gettext("New since the gate before: {numbers}").format(numbers=words.listed(new)), STRONG, 2)]
    photos: list[Block] = [Text(words.gettext("Photos: {count}").format(count=one.photos), QUIET, 1)]
    if one.pictures:
        photos += [Gap(0.8), Pictures(one.pictures)]
    return Framed(
        Stack(
            section(
                title,
                Text(looked, QUIET, 1),
                Gap(1.0),
                Drawing(one.condition, _TALL),
                Gap(1.0),
                *listed,
                *(found if new else []),
                *(photos if one.photos else []),
            )
        )
    )
