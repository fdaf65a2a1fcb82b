"""A batch from the first tag scanned to the last line back, with everything that is refused on the way."""

from datetime import timedelta

import pytest

from crmdesk.core.batch_errors import (
    AlreadyAnsweredError,
    BatchOpenError,
    EmptyBatchError,
    GoodsAwayError,
    NotPackableError,
    PackTrouble,
    UnknownCodeError,
    VendorTakenError,
)
from crmdesk.core.batch_events import BatchAct
from crmdesk.core.batches import BatchLineState, BatchParty, BatchState
from crmdesk.core.errors import IllegalMoveError, InvalidFieldError, NotAllowedError, ReasonMissingError, StaleError
from crmdesk.core.money import Money
from crmdesk.core.quotes import QuoteState
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import GoodsPlace, Route, TicketState
from crmdesk.queries import batches as batch_rows
from crmdesk.queries import batches_lines
from crmdesk.services import (
    batches,
    batches_chase,
    batches_reply,
    batches_return,
    batches_vendors,
    repair,
)
from crmdesk.services.batches import MakeBatch, PackTickets, SendBatch
from crmdesk.services.batches_reply import Reply
from crmdesk.services.batches_return import GoodsBack
from crmdesk.services.batches_steps import LineStep
from crmdesk.services.batches_vendors import VendorFacts
from tests.builders.batches import FREE, PAID, REFUSED, arrived, batch_of, begun, lines_of, packed, sent, tickets
from tests.builders.cases import add_complaint
from tests.builders.repairs import approved, ready, seen, step, taken_in
from tests.builders.shop import Shop


def test_a_batch_is_packed_by_tag_and_leaves(shop: Shop) -> None:
    clerk = shop.context()
    first, second, third = tickets(shop, 3)
    batch_id = begun(shop)
    assert shop.do(batches.pack_code, batch_id, seen(shop, first).number.lower(), clerk).ticket_id == first
    shop.do(batches.pack, PackTickets(batch_id, (second, third)), clerk)
    assert seen(shop, first).state is TicketState.RECEIVED
    assert seen(shop, first).goods_place is GoodsPlace.COUNTER
    lines = lines_of(shop, batch_id)
    assert [line.accessories for line in lines] == ["密码锁"] * 3
    shop.do(batches.take_out, LineStep(lines[2].id, lines[2].version, "客户来取"), clerk)

    assert shop.do(batches.send, SendBatch(batch_id, batch_of(shop, batch_id).version, "顺丰", "sf 123"), clerk) == 2
    batch = batch_of(shop, batch_id)
    assert (batch.state, batch.courier, batch.tracking) == (BatchState.SENT, "顺丰", "SF123")
    assert (seen(shop, first).state, seen(shop, first).goods_place) == (TicketState.SENT, GoodsPlace.TRANSIT)
    assert seen(shop, third).state is TicketState.RECEIVED


def test_a_batch_arrives_is_answered_and_comes_back(shop: Shop) -> None:
    clerk = shop.context()
    batch_id = sent(shop, 2)
    first, second = (line.ticket_id for line in lines_of(shop, batch_id))
    assert shop.do(batches_return.arrive_code, batch_id, seen(shop, first).number, clerk) == seen(shop, first).number
    assert seen(shop, first).goods_place is GoodsPlace.HEAD_OFFICE
    assert seen(shop, second).goods_place is GoodsPlace.TRANSIT
    assert shop.do(batches_return.arrive, batch_id, clerk) == 1
    assert batch_of(shop, batch_id).state is BatchState.ARRIVED

    lines = lines_of(shop, batch_id)
    assert shop.do(batches_reply.reply, Reply(lines[0].id, lines[0].version, FREE), clerk) is TicketState.APPROVED
    assert shop.do(batches_reply.reply, Reply(lines[1].id, None, PAID), clerk) is TicketState.QUOTED
    tally = batch_of(shop, batch_id).tally
    assert (tally.packed, tally.sent, tally.arrived, tally.replied, tally.back, tally.out) == (2, 2, 2, 2, 0, 2)

    back = GoodsBack(lines[0].id, condition="箱面新划痕", courier="京东", tracking="jd9", shelf="a3")
    assert shop.do(batches_return.take_back, back, clerk) is TicketState.QUALITY_CHECK
    found = seen(shop, first)
    assert (found.goods_place, found.shelf) == (GoodsPlace.SHELF, "A3")
    assert shop.do(batches_return.take_back_code, batch_id, seen(shop, second).number, clerk)
    assert (seen(shop, second).state, seen(shop, second).goods_place) == (TicketState.QUOTED, GoodsPlace.COUNTER)
    done = batch_of(shop, batch_id)
    assert (done.state, done.tally.back, done.tally.out, done.waiting_days) == (BatchState.CLOSED, 2, 0, None)
    with shop.reading() as session:
        acts = [event.act for event in batch_rows.events(session, batch_id)]
    assert acts[0] is BatchAct.CLOSED
    assert acts[-1] is BatchAct.MADE
    assert acts.count(BatchAct.ARRIVED) == 2


def test_a_reply_is_the_judgement_in_force_and_quotes_the_customers_part(shop: Shop) -> None:
    batch_id = arrived(shop, 1)
    line = lines_of(shop, batch_id)[0]
    shop.do(batches_reply.reply, Reply(line.id, line.version, PAID), shop.context())
    ticket = seen(shop, line.ticket_id)
    assert ticket.judgement is not None
    assert Money.total(amount for _payer, amount in ticket.judgement.shares) == PAID.cost
    assert ticket.quote is not None
    assert (ticket.quote.total, ticket.quote.days, ticket.quote.state) == (Money.yuan(80), 7, QuoteState.OPEN)
    assert TicketAct.REPLIED in {event.act for event in ticket.events}


def test_what_was_agreed_before_needs_no_second_question(shop: Shop) -> None:
    ticket_id = approved(shop)
    batch_id = begun(shop)
    shop.do(batches.pack, PackTickets(batch_id, (ticket_id,)), shop.context())
    shop.do(batches.send, SendBatch(batch_id, None), shop.context())
    line = lines_of(shop, batch_id)[0]
    assert shop.do(batches_reply.reply, Reply(line.id, None, PAID), shop.context()) is TicketState.APPROVED
    assert batch_of(shop, batch_id).state is BatchState.ARRIVED  # a reply says that the goods are there


def test_a_free_repair_takes_the_agreed_price_back(shop: Shop) -> None:
    ticket_id = approved(shop)
    batch_id = begun(shop)
    shop.do(batches.pack, PackTickets(batch_id, (ticket_id,)), shop.context())
    shop.do(batches.send, SendBatch(batch_id, None), shop.context())
    assert seen(shop, ticket_id).open_amount == Money.yuan(80)
    line = lines_of(shop, batch_id)[0]
    assert shop.do(batches_reply.reply, Reply(line.id, None, FREE), shop.context()) is TicketState.APPROVED
    assert seen(shop, ticket_id).open_amount == Money(0)


def test_head_office_itself_answers_and_the_store_quotes(shop: Shop) -> None:
    line = lines_of(shop, arrived(shop, 1))[0]
    answered = shop.do(batches_reply.reply, Reply(line.id, None, PAID), shop.context(Role.HEAD_OFFICE))
    assert answered is TicketState.JUDGING
    assert seen(shop, line.ticket_id).quote is None


def test_refused_goods_go_back_unrepaired_and_only_when_they_are_here(shop: Shop) -> None:
    batch_id = arrived(shop, 1)
    line = lines_of(shop, batch_id)[0]
    assert shop.do(batches_reply.reply, Reply(line.id, None, REFUSED), shop.context()) is TicketState.JUDGING
    with pytest.raises(GoodsAwayError) as refused:
        shop.do(repair.make_ready, step(shop, line.ticket_id), shop.context(), shelf="A1")
    assert refused.value.place == "head_office"
    back = GoodsBack(line.id, shelf="A1")
    assert shop.do(batches_return.take_back, back, shop.context()) is TicketState.READY
    assert seen(shop, line.ticket_id).shelf == "A1"


def test_goods_that_cannot_travel_are_refused_with_the_reason(shop: Shop) -> None:
    batch_id = begun(shop)
    finished = ready(shop, name="王芳")
    complaint = add_complaint(shop)
    busy = taken_in(shop, name="李娜")
    shop.do(batches.pack, PackTickets(batch_id, (busy,)), shop.context())
    other = begun(shop)
    troubles = []
    for ticket_id in (finished, complaint, busy):
        with pytest.raises(NotPackableError) as refused:
            shop.do(batches.pack, PackTickets(other, (ticket_id,)), shop.context())
        troubles.append((refused.value.trouble, refused.value.fact))
    assert troubles == [
        (PackTrouble.STATE, "ready"),
        (PackTrouble.NOT_A_REPAIR, ""),
        (PackTrouble.IN_BATCH, batch_of(shop, batch_id).number),
    ]
    for code in ("", "R-01-261121-0000", "hello", "A3"):
        with pytest.raises(UnknownCodeError):
            shop.do(batches.pack_code, other, code, shop.context())


def test_packing_many_is_all_or_nothing(shop: Shop) -> None:
    good, bad = taken_in(shop), ready(shop, name="王芳")
    batch_id = begun(shop)
    with pytest.raises(NotPackableError):
        shop.do(batches.pack, PackTickets(batch_id, (good, bad)), shop.context())
    assert lines_of(shop, batch_id) == []


def test_goods_that_left_the_box_stop_the_sending(shop: Shop) -> None:
    batch_id = packed(shop, 2)
    gone = lines_of(shop, batch_id)[0]
    shop.do(repair.cancel, step(shop, gone.ticket_id, "客户不修了"), shop.context())
    with pytest.raises(NotPackableError) as refused:
        shop.do(batches.send, SendBatch(batch_id, None), shop.context())
    assert refused.value.number == gone.ticket_number
    assert batch_of(shop, batch_id).state is BatchState.PACKING
    shop.do(batches.take_out, LineStep(gone.id), shop.context())
    assert shop.do(batches.send, SendBatch(batch_id, None), shop.context()) == 1


def test_empty_stale_and_doubly_sent_batches_are_refused(shop: Shop) -> None:
    empty = begun(shop)
    with pytest.raises(EmptyBatchError):
        shop.do(batches.send, SendBatch(empty, None), shop.context())
    batch_id = packed(shop, 1)
    seen_version = batch_of(shop, batch_id).version
    shop.do(batches.send, SendBatch(batch_id, seen_version), shop.context())
    with pytest.raises(StaleError):
        shop.do(batches.send, SendBatch(batch_id, seen_version), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(batches.send, SendBatch(batch_id, None), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(batches.pack, PackTickets(batch_id, (taken_in(shop, name="李娜"),)), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(batches.cancel, SendBatch(batch_id, None), shop.context(), reason="错")


def test_a_batch_given_up_frees_what_was_packed(shop: Shop) -> None:
    batch_id = packed(shop, 2)
    with pytest.raises(ReasonMissingError):
        shop.do(batches.cancel, SendBatch(batch_id, None), shop.context(), reason=" ")
    shop.do(batches.cancel, SendBatch(batch_id, None), shop.context(), reason="改用厂家上门")
    with shop.reading() as session:
        assert len(batches_lines.packable(session, shop.context())) == 2


def test_what_was_taken_out_can_be_packed_again(shop: Shop) -> None:
    batch_id = packed(shop, 1)
    line = lines_of(shop, batch_id)[0]
    shop.do(batches.take_out, LineStep(line.id), shop.context())
    shop.do(batches.pack, PackTickets(batch_id, (line.ticket_id,)), shop.context())
    assert [one.state for one in lines_of(shop, batch_id)] == [BatchLineState.PACKED]


def test_a_second_reply_is_refused_as_answered(shop: Shop) -> None:
    batch_id = arrived(shop, 1)
    line = lines_of(shop, batch_id)[0]
    shop.do(batches_reply.reply, Reply(line.id, None, FREE), shop.context())
    with pytest.raises(AlreadyAnsweredError):
        shop.do(batches_reply.reply, Reply(line.id, None, PAID), shop.context())
    with pytest.raises(StaleError):
        shop.do(batches_reply.reply, Reply(line.id, line.version, FREE), shop.context())


def test_goods_never_sent_are_not_answered_nor_taken_back(shop: Shop) -> None:
    line = lines_of(shop, packed(shop, 1))[0]
    with pytest.raises(IllegalMoveError):
        shop.do(batches_reply.reply, Reply(line.id, None, FREE), shop.context())
    with pytest.raises(IllegalMoveError):
        shop.do(batches_return.take_back, GoodsBack(line.id), shop.context())


def test_missing_is_a_managers_word_and_may_be_found_again(shop: Shop) -> None:
    batch_id = sent(shop, 2)
    first, second = lines_of(shop, batch_id)
    shop.do(batches_return.take_back, GoodsBack(first.id), shop.context())
    assert seen(shop, first.ticket_id).state is TicketState.RECEIVED_BACK
    with pytest.raises(BatchOpenError) as refused:
        shop.do(batches_return.close, batch_id, None, shop.context())
    assert refused.value.tickets == (second.ticket_number,)
    lost = LineStep(second.id, None, "快递丢失，已报案")
    with pytest.raises(NotAllowedError):
        shop.do(batches_return.declare_missing, lost, shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(batches_return.declare_missing, LineStep(second.id), shop.context(Role.MANAGER))
    shop.do(batches_return.declare_missing, lost, shop.context(Role.MANAGER))
    shop.do(batches_return.close, batch_id, None, shop.context())
    assert batch_of(shop, batch_id).tally.missing == 1

    shop.do(batches_return.find_again, LineStep(second.id, None, "在总部仓库"), shop.context())
    assert seen(shop, second.ticket_id).goods_place is GoodsPlace.HEAD_OFFICE
    shop.do(batches_return.take_back, GoodsBack(second.id), shop.context())
    done = batch_of(shop, batch_id)
    assert (done.tally.back, done.tally.missing, done.state) == (2, 0, BatchState.CLOSED)


def test_head_office_is_chased_when_the_reply_is_overdue_and_not_twice_a_day(shop: Shop) -> None:
    batch_id = sent(shop, 2)  # on Saturday 21 November 2026

    def due() -> list[str]:
        with shop.reading() as session:
            return [row.ticket_number for row in batches_lines.to_chase(session, shop.context())]

    shop.clock.advance(timedelta(days=4))  # Wednesday: the third working day
    assert due() == []
    shop.clock.advance(timedelta(days=1))
    assert len(due()) == 2
    lines = lines_of(shop, batch_id)
    assert [line.waiting_days for line in lines] == [4, 4]
    shop.do(batches_chase.chase, (lines[0].id,), "微信", shop.context())
    assert due() == [lines[1].ticket_number]
    shop.clock.advance(timedelta(days=1))
    assert len(due()) == 2
    shop.do(batches_chase.chase, (lines[0].id,), "", shop.context())
    chased = lines_of(shop, batch_id)[0]
    assert (chased.chases, chased.chased_on) == (2, shop.context().today())
    shop.do(batches_reply.reply, Reply(lines[0].id, None, FREE), shop.context())
    assert due() == [lines[1].ticket_number]
    with pytest.raises(IllegalMoveError):
        shop.do(batches_chase.chase, (lines[0].id,), "", shop.context())


def test_a_repairers_batch_goes_the_same_way(shop: Shop) -> None:
    vendor = shop.do(batches_vendors.add, VendorFacts("老陈皮具护理", "陈师傅", "0571 88", work="皮具"), shop.context())
    with pytest.raises(VendorTakenError):
        shop.do(batches_vendors.add, VendorFacts("老陈皮具护理 "), shop.context())
    with pytest.raises(InvalidFieldError):
        shop.do(batches.make, MakeBatch(BatchParty.VENDOR), shop.context())
    batch_id = begun(shop, BatchParty.VENDOR, vendor)
    ticket_id = taken_in(shop)
    shop.do(batches.pack, PackTickets(batch_id, (ticket_id,)), shop.context())
    shop.do(batches.send, SendBatch(batch_id, None), shop.context())
    shop.do(batches_return.arrive, batch_id, shop.context())
    found = seen(shop, ticket_id)
    assert (found.goods_place, found.route) == (GoodsPlace.VENDOR, Route.VENDOR)
    assert batch_of(shop, batch_id).vendor_name == "老陈皮具护理"
    shop.do(batches_vendors.edit, vendor, 1, VendorFacts("老陈皮具护理", active=False), shop.context())
    with pytest.raises(StaleError):
        shop.do(batches_vendors.edit, vendor, 1, VendorFacts("老陈"), shop.context())
    with pytest.raises(InvalidFieldError):
        begun(shop, BatchParty.VENDOR, vendor)


def test_sending_one_ticket_is_a_batch_of_one(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    assert shop.do(repair.send_away, step(shop, ticket_id, "顺丰 SF42"), shop.context()) is TicketState.SENT
    assert seen(shop, ticket_id).goods_place is GoodsPlace.TRANSIT
    with shop.reading() as session:
        line = batches_lines.line_of_ticket(session, ticket_id, shop.context())
    assert line is not None
    assert (batch_of(shop, line.batch_id).courier, batch_of(shop, line.batch_id).tracking) == ("顺丰", "SF42")
    back = shop.do(repair.receive_back, step(shop, ticket_id, "轮子已换"), shop.context())
    assert back is TicketState.RECEIVED_BACK
    assert batch_of(shop, line.batch_id).state is BatchState.CLOSED
    assert seen(shop, ticket_id).goods_place is GoodsPlace.COUNTER


def test_who_neither_serves_nor_judges_does_not_touch_batches(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(batches.make, MakeBatch(BatchParty.HEAD_OFFICE), shop.context(Role.ADMINISTRATOR))
    assert shop.do(batches.make, MakeBatch(BatchParty.HEAD_OFFICE), shop.context(Role.HEAD_OFFICE)).number[0] == "B"


def test_an_answer_that_cannot_be_meant_is_refused(shop: Shop) -> None:
    from dataclasses import replace

    from crmdesk.core.desk_errors import SplitError
    from crmdesk.core.tickets import Payer

    line = lines_of(shop, arrived(shop, 1))[0]
    wrong = {
        "split": (replace(PAID, cost=Money.yuan(121)), SplitError),
        "negative": (replace(PAID, cost=Money.yuan(-1), shares={Payer.STORE: Money.yuan(-1)}), InvalidFieldError),
        "days": (replace(PAID, days=-1), InvalidFieldError),
        "nobody": (replace(PAID, decided_by=" "), InvalidFieldError),
        "no words": (replace(REFUSED, words=""), ReasonMissingError),
        "not repairable": (replace(PAID, repairable=False, words="x"), InvalidFieldError),
    }
    for answer, error in wrong.values():
        with pytest.raises(error):
            shop.do(batches_reply.reply, Reply(line.id, None, answer), shop.context())
    assert lines_of(shop, line.batch_id)[0].state is BatchLineState.ARRIVED
