"""What belongs to a ticket beside its steps: papers and their register, photos, notes, a look at the phone."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from crmdesk.core.desk_errors import NoQuoteError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError
from crmdesk.core.money import Money
from crmdesk.core.paper_facts.formats import PaperFormat
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.roles import Role
from crmdesk.core.ticket_events import TicketAct
from crmdesk.core.tickets import TellChannel, TicketState
from crmdesk.db.photo_store import PhotoStore
from crmdesk.documents.pdf.papers import render
from crmdesk.exchange.pictures import Picture, take_picture
from crmdesk.models.audit import AuditEntry
from crmdesk.queries import paper_register as register_rows
from crmdesk.queries import ticket_papers
from crmdesk.queries.paper_register import PaperFilter
from crmdesk.services import paper_register, photos, pickup, repair, ticket_notes
from crmdesk.services.paper_register import PaperKept, RegisterPaper
from crmdesk.services.photos import AddPhoto
from crmdesk.services.pickup import HandBack, Pay
from crmdesk.services.ticket_steps import Step
from tests.builders.loaners import add_loaner, lend_to
from tests.builders.repairs import quoted, ready, seen, step, taken_in
from tests.builders.shop import Shop

LANGUAGES = pytest.mark.parametrize("language", ["zh_CN", "en"])


def picture(shade: int = 100) -> Picture:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), (shade, shade, shade)).save(target, "PNG")
    return take_picture(target.getvalue())


def acts(shop: Shop) -> list[str]:
    with shop.reading() as session:
        return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.ordinal)))


# -- papers ------------------------------------------------------------------------------------


@LANGUAGES
def test_the_slip_tells_what_was_handed_in_and_nothing_private(shop: Shop, language: str) -> None:
    ticket_id = taken_in(shop, shelf="B2")
    loaner = add_loaner(shop)
    lend_to(shop, loaner.id, seen(shop, ticket_id).member_id, ticket_id)
    with shop.reading() as session:
        facts = ticket_papers.service_slip(session, ticket_id, shop.context(), language)
    assert facts.number == seen(shop, ticket_id).number
    assert facts.customer.phone == "138****5678"
    assert facts.customer.member_number.startswith("M01")
    assert facts.accessories == ("密码锁",)
    assert facts.condition is not None
    assert [(mark.number, mark.words) for mark in facts.condition.marks] == [(1, "左前轮")]
    assert "L-007" in facts.loan_words
    assert facts.shelf == "B2"
    assert len(facts.terms) == 5
    assert facts.printed.reprint == 0
    assert "客户很急" not in repr(facts)
    for paper in (PaperFormat.A5, PaperFormat.FORM241, PaperFormat.ROLL80):
        assert render(facts, language, paper).startswith(b"%PDF")


@LANGUAGES
def test_tag_quote_and_pick_up_note(shop: Shop, language: str) -> None:
    ticket_id = ready(shop)
    clerk = shop.context()
    shop.do(pickup.pay, Pay(ticket_id, seen(shop, ticket_id).version, Money.yuan(80), "cash"), clerk)
    now = seen(shop, ticket_id)
    keys = frozenset(one.id for one in now.accessories)
    back = HandBack(ticket_id, now.version, "周太太", item_back=True, signed=True, accessories=keys)
    assert shop.do(pickup.hand_back, back, clerk) is TicketState.CLOSED
    with shop.reading() as session:
        tag = ticket_papers.bag_tag(session, ticket_id, clerk, language)
        quote = ticket_papers.quote(session, ticket_id, clerk, language)
        note = ticket_papers.pickup_note(session, ticket_id, clerk, language)
    assert (tag.phone_tail, tag.parts) == ("5678", 2)
    assert (quote.number, quote.version, quote.customer_pays) == ("Q" + now.number[1:], 1, Money.yuan(80))
    assert [line.amount for line in quote.lines] == [Money.yuan(60), Money.yuan(20)]
    assert (note.collector, note.paid, note.work_done) == ("周太太", Money.yuan(80), "更换轮组")
    assert str(note.guarantee_until) == "2026-12-21"
    for facts in (tag, quote, note):
        assert render(facts, language).startswith(b"%PDF")


def test_no_quote_no_paper(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    with shop.reading() as session, pytest.raises(NoQuoteError):
        ticket_papers.quote(session, ticket_id, shop.context(), "zh_CN")


def test_each_print_is_noted_and_counted(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    clerk = shop.context()
    assert shop.do(ticket_notes.note_print, ticket_id, PaperKind.SERVICE_SLIP, clerk) == 0
    assert shop.do(ticket_notes.note_print, ticket_id, PaperKind.BAG_TAG, clerk) == 0
    assert shop.do(ticket_notes.note_print, ticket_id, PaperKind.SERVICE_SLIP, clerk) == 1
    with shop.reading() as session:
        assert ticket_papers.service_slip(session, ticket_id, clerk, "zh_CN").printed.reprint == 2
    assert acts(shop).count("ticket.print") == 3


# -- the register ------------------------------------------------------------------------------


def give_out(shop: Shop, content: bytes, **changes: Any) -> PaperKept:  # noqa: ANN401
    paper = RegisterPaper(PaperKind.QUOTE, "Q-01-1", "zh_CN", "报价")
    out = GivenOut(content, printer="EPSON LQ-630K")
    return shop.do(paper_register.give_out, replace(paper, **changes), out, shop.context())


def test_the_same_bytes_are_a_reprint_others_a_new_version(shop: Shop) -> None:
    ticket_id = quoted(shop)
    clerk = shop.context()
    one = give_out(shop, b"%PDF one", ticket_id=ticket_id)
    again = give_out(shop, b"%PDF one", ticket_id=ticket_id)
    two = give_out(shop, b"%PDF two", ticket_id=ticket_id)
    assert (again.id, again.version, again.prints) == (one.id, 1, 2)
    assert (two.version, two.prints) == (2, 1)
    shop.do(paper_register.note_sent, two.id, TellChannel.LETTER, clerk)
    assert give_out(shop, b"%PDF two with its mark", copy_of=two.id).prints == 2
    with shop.reading() as session:
        assert register_rows.content(session, one.id) == b"%PDF one"
        assert register_rows.content(session, two.id) == b"%PDF two"
        assert register_rows.versions(session, "Q-01-1") == 2
        rows = register_rows.first(session, PaperFilter(ticket_id=ticket_id), clerk, None, 10)
        assert [(row.version, row.prints, row.sent_channel) for row in rows] == [
            (2, 2, TellChannel.LETTER),
            (1, 2, None),
        ]
        assert {row.member_name for row in rows} == {seen(shop, ticket_id).member_name}
        assert [(line.reprint, line.printer) for line in register_rows.prints(session, two.id)] == [
            (1, "EPSON LQ-630K"),
            (0, "EPSON LQ-630K"),
        ]
        assert not list(register_rows.ids(session, PaperFilter(text="100%"), clerk))
        with pytest.raises(NotFoundError):
            register_rows.content(session, 1)
    assert [act for act in acts(shop) if act.startswith("paper.")] == [
        "paper.print",
        "paper.reprint",
        "paper.print",
        "paper.send",
        "paper.reprint",
    ]
    assert acts(shop).count("ticket.print") == 3  # print and file of one preview are one paper


def test_one_number_has_papers_of_several_kinds(shop: Shop) -> None:
    kinds = (PaperKind.SERVICE_SLIP, PaperKind.BAG_TAG, PaperKind.PICKUP_NOTE)
    made = [give_out(shop, f"%PDF {kind}".encode(), kind=kind, number="R-01-1") for kind in kinds]
    assert {one.version for one in made} == {1}


def test_bytes_are_kept_once_and_only_as_they_left(shop: Shop) -> None:
    kept = give_out(shop, b"%PDF same")
    give_out(shop, b"%PDF same", number="Q-01-2")
    assert shop.database.path is not None
    files = list((shop.database.path.parent / "papers").iterdir())
    assert [file.read_bytes() for file in files] == [b"%PDF same"]
    files[0].write_bytes(b"%PDF forged")
    with shop.reading() as session, pytest.raises(NotFoundError):
        register_rows.content(session, kept.id)


@pytest.mark.parametrize(("number", "content", "field"), [(" ", b"x", "number"), ("Q-1", b"", "content")])
def test_nothing_is_not_registered(shop: Shop, number: str, content: bytes, field: str) -> None:
    with pytest.raises(InvalidFieldError) as refused:
        give_out(shop, content, number=number)
    assert refused.value.field == field


# -- photos ------------------------------------------------------------------------------------


def test_a_photo_is_kept_once_by_its_content(shop: Shop, tmp_path: Path) -> None:
    ticket_id = taken_in(shop)
    store, clerk = PhotoStore(tmp_path / "photos"), shop.context()
    names = [shop.do(photos.add_to_ticket, AddPhoto(ticket_id, picture(shade)), clerk, store=store) for shade in (1, 9)]
    shop.do(photos.add_to_ticket, AddPhoto(ticket_id, picture(1)), clerk, store=store)
    assert seen(shop, ticket_id).photos == tuple(names)
    assert store.read(names[0]) == picture(1).jpeg
    assert [one.name for one in store.folder.iterdir() if one.suffix != ".jpg"] == []
    shop.do(photos.remove_from_ticket, ticket_id, names[0], clerk)
    assert seen(shop, ticket_id).photos == (names[1],)
    with pytest.raises(NotFoundError):
        shop.do(photos.remove_from_ticket, ticket_id, names[0], clerk)


def test_a_photo_needs_a_ticket_and_somebody_at_the_desk(shop: Shop, tmp_path: Path) -> None:
    store = PhotoStore(tmp_path)
    with pytest.raises(NotFoundError):
        shop.do(photos.add_to_ticket, AddPhoto(1, picture()), shop.context(), store=store)
    with pytest.raises(NotAllowedError):
        shop.do(photos.add_to_ticket, AddPhoto(taken_in(shop), picture()), shop.context(Role.OWNER), store=store)


@pytest.mark.parametrize("name", ["", "../desk", "0" * 63, "G" * 64])
def test_only_hashes_name_photos(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        PhotoStore(tmp_path).path(name)


def test_a_lost_photo_is_no_defect(tmp_path: Path) -> None:
    assert PhotoStore(tmp_path).read("0" * 64) is None


# -- notes -------------------------------------------------------------------------------------


def test_notes_and_contacts_stand_on_the_time_line(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    shop.do(ticket_notes.add_note, step(shop, ticket_id, "配件已订"), shop.context())
    shop.do(ticket_notes.note_contact, step(shop, ticket_id, "知道了"), shop.context(), channel=TellChannel.PHONE)
    newest = seen(shop, ticket_id).events[:2]
    assert [(event.act, event.note) for event in newest] == [
        (TicketAct.CALLED, "phone: 知道了"),
        (TicketAct.NOTED, "配件已订"),
    ]
    assert seen(shop, ticket_id).state is TicketState.RECEIVED
    with pytest.raises(InvalidFieldError):
        shop.do(ticket_notes.add_note, Step(ticket_id, 0, " "), shop.context())


def test_a_look_at_the_number_is_noted_and_refused_when_the_ticket_is_closed(shop: Shop) -> None:
    ticket_id = taken_in(shop)
    assert shop.do(ticket_notes.show_phone, ticket_id, shop.context()) == "138 0571 5678"
    shop.do(repair.cancel, step(shop, ticket_id, "不修了"), shop.context())
    with pytest.raises(NotAllowedError):
        shop.do(ticket_notes.show_phone, ticket_id, shop.context())
    assert shop.do(ticket_notes.show_phone, ticket_id, shop.context(Role.MANAGER)) == "138 0571 5678"
    assert acts(shop).count("member.phone_seen") == 2
