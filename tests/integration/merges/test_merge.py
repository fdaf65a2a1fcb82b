"""Merging two files: what comes together, who may, two desks, order and end of taking back, old numbers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crmdesk.core.care import CallbackReason, CallbackState, ConsentPurpose
from crmdesk.core.errors import NotAllowedError, RefusedError, StaleError
from crmdesk.core.member_words import LevelReason, PairState
from crmdesk.core.members import CardTier, LedgerKind, LedgerReason, MemberState, TouchpointState
from crmdesk.core.merge_errors import (
    AlreadyMergedError,
    MergeUndoneError,
    SameFileError,
    SharedBalanceSpentError,
    UndoOrderError,
    UndoTooLateError,
)
from crmdesk.core.phone import normalise
from crmdesk.core.refs import EntityKind, EntityRef
from crmdesk.core.roles import Role
from crmdesk.models.callback import Callback
from crmdesk.models.card import Card
from crmdesk.models.level import LevelChange
from crmdesk.models.member import Member, MemberPhone, Touchpoint
from crmdesk.models.merge import DuplicatePair, Merge, MergeMove
from crmdesk.models.ticket import Ticket
from crmdesk.queries import intake
from crmdesk.queries.find import find
from crmdesk.queries.member_files import consents
from crmdesk.queries.member_history import HistoryKind, member_history
from crmdesk.queries.member_key import member_key
from crmdesk.queries.member_page import member_page
from crmdesk.queries.member_rows import MemberFilter, ids
from crmdesk.services import cards, duplicates, ledger, members, merge_undo, merges
from crmdesk.services.cards import IssueCard
from crmdesk.services.ledger import Post
from crmdesk.services.members import EditMember, MemberFacts
from crmdesk.services.merge_undo import UndoMerge
from crmdesk.services.merges import MergeMembers
from tests.builders.loaners import add_loaner, add_member, add_repair, lend_to
from tests.builders.shop import Shop
from tests.builders.two_files import Given, make_file, merge_two, picture

PLAIN = Given({})


def undo(shop: Shop, merge_id: int, role: Role = Role.MANAGER) -> None:
    with shop.reading() as session:
        version = session.get_one(Merge, merge_id).version
    shop.do(merge_undo.undo, UndoMerge(merge_id, version), shop.context(role))


def refused(wanted: type[RefusedError | StaleError], act: Callable[[], object]) -> Exception:
    with pytest.raises(wanted) as caught:
        act()
    return caught.value


@pytest.fixture
def two(shop: Shop) -> tuple[int, int]:
    return add_member(shop, "周建国", "13805715678"), add_member(shop, "周建国", "13957120012")


def test_an_open_ticket_its_loan_and_old_numbers_show_the_file_that_stayed(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    ticket = add_repair(shop, gone)
    loan = lend_to(shop, add_loaner(shop).id, gone, ticket.id)
    card = shop.do(cards.issue, IssueCard(gone), shop.context())
    with shop.reading() as session:
        number = session.get_one(Member, gone).number
    merge_two(shop, kept, gone)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        assert session.get_one(Ticket, ticket.id).member_id == kept
        assert session.get_one(Card, card.id).member_id == kept
        assert member_page(session, gone, context).id == kept
        assert [one.id for one in member_page(session, kept, context).tickets] == [ticket.id]
        assert [one.id for one in member_page(session, kept, context).loans] == [loan.id]
        for typed in (number, card.number, str(gone)):
            assert member_key(session, typed) == kept
        for typed in (number, card.number, "13957120012", "周建国"):
            assert [hit.id for hit in find(session, typed, context).members] == [kept], typed
        assert intake.person(session, gone, context).id == kept
        assert gone not in ids(session, MemberFilter(), context)
        kinds = {row.kind for row in member_history(session, gone, context).rows}
        assert {HistoryKind.MERGE, HistoryKind.TICKET, HistoryKind.LOAN} <= kinds


def test_old_numbers_lead_through_a_merge_of_a_merged(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    last = add_member(shop, "周建国", "13600571234")
    with shop.reading() as session:
        number = session.get_one(Member, gone).number
    merge_two(shop, kept, gone)
    merge_two(shop, last, kept)
    with shop.reading() as session:
        assert member_key(session, number) == last
        assert [hit.id for hit in find(session, number, shop.context(Role.MANAGER)).members] == [last]
        assert session.scalar(select(func.count(MemberPhone.id)).where(MemberPhone.member_id == last)) == 3


def test_writing_to_the_file_that_went_reaches_the_other_but_a_stale_form_does_not(
    shop: Shop, two: tuple[int, int]
) -> None:
    kept, gone = two
    with shop.reading() as session:
        version = session.get_one(Member, gone).version
    merge_two(shop, kept, gone)
    assert shop.do(cards.issue, IssueCard(gone), shop.context()).id
    with shop.reading() as session:
        assert session.scalar(select(Card.member_id)) == kept
        versions = {version, session.get_one(Member, kept).version}
    for seen in versions:
        edit = EditMember(gone, seen, MemberFacts("别人"))
        refused(StaleError, lambda edit=edit: shop.do(members.edit, edit, shop.context()))  # type: ignore[misc]


def test_two_desks_merge_the_same_pair_and_one_wins(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    with shop.reading() as session:
        seen = [session.get_one(Member, key).version for key in two]
    request = MergeMembers(kept, seen[0], gone, seen[1])
    shop.do(merges.merge, request, shop.context(Role.MANAGER, "desk-1"))
    error = refused(AlreadyMergedError, lambda: shop.do(merges.merge, request, shop.context(Role.OWNER, "desk-2")))
    assert isinstance(error, AlreadyMergedError)
    turned = MergeMembers(gone, seen[1], kept, seen[0])
    refused(AlreadyMergedError, lambda: shop.do(merges.merge, turned, shop.context(Role.OWNER, "desk-2")))
    with shop.reading() as session:
        assert session.scalar(select(func.count(Merge.id))) == 1


def test_a_file_that_changed_since_it_was_shown_is_not_merged(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    with shop.reading() as session:
        seen = [session.get_one(Member, key).version for key in two]
    shop.do(members.edit, EditMember(gone, seen[1], MemberFacts("周建国", (normalise("13957120012"),))), shop.context())
    request = MergeMembers(kept, seen[0], gone, seen[1])
    refused(StaleError, lambda: shop.do(merges.merge, request, shop.context(Role.MANAGER)))
    same = MergeMembers(kept, seen[0], kept, seen[0])
    refused(SameFileError, lambda: shop.do(merges.merge, same, shop.context(Role.MANAGER)))


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_only_manager_and_owner_merge_and_take_back(shop: Shop, two: tuple[int, int], role: Role) -> None:
    request = MergeMembers(two[0], 1, two[1], 1)
    with pytest.raises(NotAllowedError):
        shop.do(merges.merge, request, shop.context(role))
    made = merge_two(shop, *two)
    with pytest.raises(NotAllowedError):
        shop.do(merge_undo.undo, UndoMerge(made.id, 1), shop.context(role))
    undo(shop, made.id, Role.OWNER)


def test_the_stricter_word_holds(shop: Shop) -> None:
    kept = make_file(shop, replace(PLAIN, consents=((1, True),), touch=((2, 0),)))
    gone = make_file(
        shop, Given({"do_not_contact": True}, consents=((1, True), (1, False), (2, True)), touch=((2, 1),))
    )
    merge_two(shop, kept, gone)
    purposes = list(ConsentPurpose)
    with shop.reading() as session:
        said = consents(session, kept)
        assert (said[purposes[1]], said[purposes[2]]) == (False, True)
        assert session.get_one(Member, kept).do_not_contact
        states = session.scalars(select(Touchpoint.state).where(Touchpoint.member_id == kept)).all()
        assert states == [TouchpointState.BLOCKED]


def test_one_call_of_a_kind_is_enough(shop: Shop) -> None:
    kept, gone = (make_file(shop, replace(PLAIN, calls=1)) for _ in range(2))
    made = merge_two(shop, kept, gone)
    due = select(Callback.id).where(Callback.state == CallbackState.DUE, Callback.reason == CallbackReason.CADENCE)
    with shop.reading() as session:
        assert len(session.scalars(due).all()) == 1
    undo(shop, made.id)
    with shop.reading() as session:
        assert len(session.scalars(due).all()) == 2


def test_a_level_that_is_taken_over_is_noted(shop: Shop) -> None:
    kept, gone = make_file(shop, PLAIN), make_file(shop, Given({"tier": CardTier.GOLD}))
    made = merge_two(shop, kept, gone, {"tier"})
    changes = select(LevelChange.reason, LevelChange.before, LevelChange.after).where(LevelChange.member_id == kept)
    with shop.reading() as session:
        assert [tuple(row) for row in session.execute(changes)] == [
            (LevelReason.MERGED, CardTier.ORDINARY, CardTier.GOLD)
        ]
    undo(shop, made.id)
    with shop.reading() as session:
        assert session.execute(changes).all() == []


def test_a_walk_in_who_is_a_member_becomes_one(shop: Shop) -> None:
    kept, gone = make_file(shop, replace(PLAIN, walk_in=True)), make_file(shop, PLAIN)
    merge_two(shop, kept, gone)
    with shop.reading() as session:
        assert session.get_one(Member, kept).state is MemberState.ACTIVE


def test_taking_back_goes_from_the_newest_on(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    third = add_member(shop, "周建国", "13600571234")
    before = picture(shop, *two, third)
    first = merge_two(shop, kept, gone)
    second = merge_two(shop, third, kept)
    error = refused(UndoOrderError, lambda: undo(shop, first.id))
    assert isinstance(error, UndoOrderError)
    undo(shop, second.id)
    undo(shop, first.id)
    assert picture(shop, *two, third) == before
    refused(MergeUndoneError, lambda: undo(shop, first.id))


def test_both_can_be_merged_again_after_taking_back(shop: Shop, two: tuple[int, int]) -> None:
    made = merge_two(shop, *two)
    undo(shop, made.id)
    again = merge_two(shop, two[1], two[0])
    before = picture(shop, *two)
    refused(MergeUndoneError, lambda: undo(shop, made.id))
    assert picture(shop, *two) == before
    undo(shop, again.id)


def test_what_both_had_together_and_was_spent_stands_in_the_way(shop: Shop) -> None:
    kept, gone = (make_file(shop, replace(PLAIN, points=(points,))) for points in (100, 50))
    made = merge_two(shop, kept, gone)
    with shop.database.transaction() as session:
        ledger.post(session, Post(kept, LedgerKind.POINTS, LedgerReason.SPENT, -120), shop.context())
    error = refused(SharedBalanceSpentError, lambda: undo(shop, made.id))
    assert isinstance(error, SharedBalanceSpentError)
    assert error.missing == 20
    with shop.database.transaction() as session:
        ledger.post(session, Post(kept, LedgerKind.POINTS, LedgerReason.CORRECTION, 20), shop.context())
    undo(shop, made.id)


def test_after_thirty_days_it_is_over_and_nothing_of_it_is_kept(shop: Shop, two: tuple[int, int]) -> None:
    made = merge_two(shop, *two)
    shop.clock.moment += timedelta(days=30)
    assert shop.do(merge_undo.forget_old, shop.context()) == 0
    shop.clock.moment += timedelta(days=1)
    refused(UndoTooLateError, lambda: undo(shop, made.id))
    assert shop.do(merge_undo.forget_old, shop.context()) == 1
    assert shop.do(merge_undo.forget_old, shop.context()) == 0
    with shop.reading() as session:
        assert session.get_one(Merge, made.id).before == "{}"
        assert session.scalar(select(func.count(MergeMove.id))) == 0
    refused(UndoTooLateError, lambda: undo(shop, made.id))


def test_what_was_said_of_the_file_that_went_holds_for_the_other(shop: Shop, two: tuple[int, int]) -> None:
    kept, gone = two
    son = add_member(shop, "周小燕", "13600571234")
    shop.do(duplicates.say, gone, son, PairState.DIFFERENT, shop.context())
    made = merge_two(shop, kept, gone)

    def states() -> dict[tuple[int, int], PairState]:
        with shop.reading() as session:
            return {(one.first_id, one.second_id): one.state for one in session.scalars(select(DuplicatePair))}

    assert states() == {
        (gone, son): PairState.DIFFERENT,
        (kept, son): PairState.DIFFERENT,
        (kept, gone): PairState.MERGED,
    }
    undo(shop, made.id)
    assert states() == {(gone, son): PairState.DIFFERENT, (kept, gone): PairState.DIFFERENT}


def test_the_time_line_leads_to_a_file_that_is_there_again(shop: Shop, two: tuple[int, int]) -> None:
    made = merge_two(shop, *two)
    undo(shop, made.id)
    with shop.reading() as session:
        rows = member_history(session, two[0], shop.context(Role.MANAGER), HistoryKind.MERGE).rows
    assert [row.ref for row in rows] == [EntityRef(EntityKind.MEMBER, two[1])]
