"""The goods at each gate: noted, compared, skipped gates named, on paper in both languages."""

from datetime import timedelta

import pytest

from crmdesk.core.errors import InvalidFieldError, StaleError
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import Gate, ItemCategory, TicketKind
from crmdesk.documents.pdf.papers import render
from crmdesk.queries import condition_papers, conditions, ticket_papers
from crmdesk.queries.conditions import Sheets
from crmdesk.queries.ticket_detail import detail
from crmdesk.services.condition_sheets import MarkFacts
from crmdesk.services.conditions import MOST_MARKS, NoteCondition, note_condition
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, TicketMade, take_in
from tests.builders.intake import add_zhou
from tests.builders.shop import Shop
from tests.unit.documents.reading import READERS

WHEEL = MarkFacts(0.18, 0.9, "wheel_broken")
DENT = MarkFacts(1.3, 0.4, note="背面凹痕")


def taken_in(shop: Shop) -> TicketMade:
    facts = ItemFacts(ItemCategory.SUITCASE, "拉杆箱")
    request = TakeIn(TicketKind.REPAIR, add_zhou(shop), "轮子断了", item=facts, marks=(WHEEL,))
    return shop.do(take_in, request, shop.context())


def version(shop: Shop, ticket_id: int) -> int:
    with shop.reading() as session:
        return detail(session, ticket_id, shop.context()).version


def note(shop: Shop, ticket_id: int, gate: Gate, *marks: MarkFacts, words: str = "") -> None:
    shop.clock.advance(timedelta(hours=1))
    seen = version(shop, ticket_id)
    shop.do(note_condition, NoteCondition(ticket_id, seen, gate, marks, words), shop.context(Role.CLERK))


def seen(shop: Shop, ticket_id: int) -> Sheets:
    with shop.reading() as session:
        return conditions.of_ticket(session, ticket_id)


def test_what_came_in_between_is_told_and_a_skipped_gate_named(shop: Shop) -> None:
    made = taken_in(shop)
    note(shop, made.id, Gate.FROM_HEAD_OFFICE, MarkFacts(0.2, 0.88, "wheel_broken"), DENT, words="外箱破损")
    intake, to_office, from_office, back = seen(shop, made.id).gates
    assert [(mark.number, mark.new) for mark in intake.marks] == [(1, False)]
    assert (to_office.at, to_office.skipped) == (None, True)
    assert [(mark.words("zh_CN"), mark.new) for mark in from_office.marks] == [("轮子断", False), ("背面凹痕", True)]
    assert (from_office.note, from_office.person) == ("外箱破损", shop.context(Role.CLERK).actor.name)
    assert (back.at, back.skipped) == (None, False)
    assert from_office.marks[1].x == pytest.approx(1.3)


def test_a_gate_noted_again_counts_as_it_was_seen_last(shop: Shop) -> None:
    made = taken_in(shop)
    note(shop, made.id, Gate.HAND_BACK, WHEEL, DENT)
    note(shop, made.id, Gate.HAND_BACK, DENT)
    assert [mark.words() for mark in seen(shop, made.id).gates[-1].marks] == ["背面凹痕"]
    with shop.reading() as session:
        events = detail(session, made.id, shop.context()).events
    assert [event.act for event in events].count(TicketAct.CONDITION_NOTED) == 2


def test_a_look_without_damage_is_a_look(shop: Shop) -> None:
    made = taken_in(shop)
    note(shop, made.id, Gate.HAND_BACK)
    latest = seen(shop, made.id).latest
    assert latest is not None
    assert (latest.gate, latest.marks) == (Gate.HAND_BACK, ())


@pytest.mark.parametrize("gate", [Gate.INTAKE, Gate.LOAN_OUT, Gate.LOAN_BACK])
def test_the_sheet_the_customer_signed_and_those_of_loans_are_not_made_here(shop: Shop, gate: Gate) -> None:
    made = taken_in(shop)
    with pytest.raises(InvalidFieldError):
        note(shop, made.id, gate, WHEEL)


def test_bad_sheets_are_refused(shop: Shop) -> None:
    made = taken_in(shop)
    with pytest.raises(InvalidFieldError):
        note(shop, made.id, Gate.HAND_BACK, *[WHEEL] * (MOST_MARKS + 1))
    complaint = TakeIn(TicketKind.COMPLAINT, seen_member(shop, made.id), "态度差")
    about_nothing = shop.do(take_in, complaint, shop.context())
    with pytest.raises(InvalidFieldError):
        note(shop, about_nothing.id, Gate.HAND_BACK, WHEEL)


def seen_member(shop: Shop, ticket_id: int) -> int:
    with shop.reading() as session:
        return detail(session, ticket_id, shop.context()).member_id


def test_two_desks_do_not_note_over_each_other(shop: Shop) -> None:
    made = taken_in(shop)
    old = version(shop, made.id)
    note(shop, made.id, Gate.HAND_BACK, WHEEL)
    with pytest.raises(StaleError):
        shop.do(note_condition, NoteCondition(made.id, old, Gate.HAND_BACK, (DENT,)), shop.context())
    assert [mark.words("en") for mark in seen(shop, made.id).gates[-1].marks] == ["Wheel broken"]


def test_marks_outside_the_drawing_are_brought_to_its_edge(shop: Shop) -> None:
    made = taken_in(shop)
    note(shop, made.id, Gate.HAND_BACK, MarkFacts(-3, 9))
    [mark] = seen(shop, made.id).gates[-1].marks
    assert (mark.x, mark.y) == (0, 2)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_report_tells_every_gate_and_reads_back(shop: Shop, language: str) -> None:
    made = taken_in(shop)
    note(shop, made.id, Gate.FROM_HEAD_OFFICE, WHEEL, DENT, words="外箱破损")
    note(shop, made.id, Gate.HAND_BACK, WHEEL, DENT)
    with shop.reading() as session:
        facts = condition_papers.ticket_report(session, made.id, shop.context(), language)
    assert [one.skipped for one in facts.gates] == [False, True, False, False]
    content = render(facts, language)
    for read in READERS.values():
        text = "".join(read(content).split())
        words = ("背面凹痕", "外箱破损", made.number, "轮子断" if language == "zh_CN" else "Wheelbroken")
        assert all(word in text for word in words)


def test_the_slip_shows_the_back_only_when_something_is_marked_there(shop: Shop) -> None:
    made = taken_in(shop)
    with shop.reading() as session:
        facts = ticket_papers.service_slip(session, made.id, shop.context(), "zh_CN")
    assert facts.condition is not None
    assert not facts.condition.all_views
