"""Erasing a person leaves no trace of her in the file, the index, the log, the photos and papers; facts stay."""

from pathlib import Path

import pytest
from sqlalchemy import Enum, String, func, select

from crmdesk.core.erasure import WIPED_NAME, EraseRefusedError, Obstacle
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, NotFoundError, StaleError
from crmdesk.core.member_words import FieldKind
from crmdesk.core.members import LedgerKind, LedgerReason, MemberState
from crmdesk.core.papers import GivenOut, PaperKind
from crmdesk.core.roles import Role
from crmdesk.db.base import Base
from crmdesk.db.erased_list import ErasedList
from crmdesk.db.paper_store import PaperStore
from crmdesk.db.photo_store import PhotoStore
from crmdesk.models.access import Erasure
from crmdesk.models.audit import AuditEntry
from crmdesk.models.member import Member, MemberPhone
from crmdesk.models.paper import Paper
from crmdesk.models.personal import OWNED
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.erasure import erase_plan
from crmdesk.queries.find import find
from crmdesk.services import ledger
from crmdesk.services.erasure import Erased, EraseMember, erase, erase_again
from crmdesk.services.erasure_sweep import Stores, sweep
from crmdesk.services.paper_register import RegisterPaper, give_out
from tests.builders.loaners import add_loaner, add_member, add_repair, lend_to
from tests.builders.shop import STORE_ID, Shop
from tests.builders.whole_person import MARK, SHORT, add_whole_person

PHONE = "13805715678"
NAME = "欧阳锦程"
PICTURE = {
    "id": 77,
    "name": "照片",
    "kind": FieldKind.PICTURE,
    "choices": "[]",
    "private": False,
    "required": False,
    "active": True,
    "ordinal": 0,
    "version": 1,
}


def stores(folder: Path) -> Stores:
    return Stores(PhotoStore(folder / "photos"), PaperStore(folder / "papers"), ErasedList(folder / "erased.json"))


def erase_now(shop: Shop, member_id: int) -> Erased:
    with shop.reading() as session:
        version = session.get_one(Member, member_id).version
    return shop.do(erase, EraseMember(member_id, version, "客户来信要求"), shop.context(Role.MANAGER))


def left(folder: Path, *words: str) -> list[str]:
    """Give where any of the words still stand, in bytes, in any file of the folder."""
    return [
        f"{path.relative_to(folder)}: {word}"
        for path in folder.rglob("*")
        if path.is_file()
        for word in words
        if word.encode() in path.read_bytes()
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_no_word_of_a_person_is_left_in_any_table(shop: Shop) -> None:
    keys = add_whole_person(shop.database, 7_500_000)
    erase_now(shop, 7_500_000)
    with shop.reading() as session:
        for name in OWNED:
            table = Base.metadata.tables[name]
            for one in table.columns:
                if isinstance(one.type, String) and not isinstance(one.type, Enum):
                    marked = select(func.count()).where(one.contains("QZ7"))
                    assert session.scalar(marked) == 0, f"{name}.{one.name}"
            kept = session.scalar(select(func.count()).select_from(table))
            assert kept == (0 if OWNED[name].gone else 1 + (name == "erasure")), name
        assert session.get_one(Member, 7_500_000).name == WIPED_NAME
        ticket = Base.metadata.tables["ticket"]
        assert session.scalar(select(ticket.c.number).where(ticket.c.id == keys["ticket"])) == "fact-ticket"


def test_no_trace_is_left_in_any_file(shop: Shop, folder: Path) -> None:
    member = add_member(shop, NAME, PHONE)
    add_whole_person(shop.database, 7_500_000)
    photo = stores(folder).photos.put(b"\xff\xd8 a picture of QZ7W")
    paper = stores(folder).papers.put(f"%PDF {NAME}".encode())
    with shop.database.transaction() as session:
        session.get_one(Paper, session.scalars(select(Paper.id)).one()).sha256 = paper
        session.execute(Base.metadata.tables["photo"].update().values(sha256=photo))
        session.execute(Base.metadata.tables["judgement_photo"].update().values(sha256=photo))
        session.execute(Base.metadata.tables["own_field"].insert().values(**PICTURE, store_id=STORE_ID))
        own = stores(folder).photos.put(b"\xff\xd8 an own picture of QZ7W")
        session.execute(Base.metadata.tables["own_value"].update().values(words=own, field_id=PICTURE["id"]))
    assert left(folder, NAME, PHONE, MARK, SHORT)
    erase_now(shop, 7_500_000)
    erase_now(shop, member)
    assert sweep(shop.database, stores(folder), shop.context(Role.MANAGER)) == 2
    assert left(folder, NAME, PHONE, MARK, SHORT, "jincheng", "ouyang") == []
    assert sweep(shop.database, stores(folder), shop.context(Role.MANAGER)) == 0
    assert stores(folder).erased.keys() == tuple(sorted((member, 7_500_000)))
    with shop.reading() as session:
        assert verify_audit(session).whole


def test_a_file_that_somebody_else_needs_stays(shop: Shop, folder: Path) -> None:
    add_whole_person(shop.database, 7_500_000)
    name = stores(folder).photos.put(b"\xff\xd8 shared")
    loaner = add_loaner(shop)
    with shop.database.transaction() as session:
        photos = Base.metadata.tables["photo"]
        session.execute(photos.update().values(sha256=name))
        row = dict(session.execute(select(photos)).mappings().one())
        hers = ("ticket_id", "loan_id", "member_id")
        session.execute(photos.insert().values(row | {"id": 1, "loaner_id": loaner.id} | dict.fromkeys(hers)))
    erase_now(shop, 7_500_000)
    sweep(shop.database, stores(folder), shop.context(Role.MANAGER))
    assert stores(folder).photos.read(name) is not None


def test_an_erased_person_is_not_found_any_more(shop: Shop) -> None:
    member = add_member(shop, NAME, PHONE)
    context = shop.context(Role.MANAGER)
    with shop.reading() as session:
        assert find(session, NAME, context).members
    erase_now(shop, member)
    with shop.reading() as session:
        for typed in (NAME, "ouyang", "5678", PHONE):
            assert not find(session, typed, context).members, typed
        assert session.get_one(Member, member).state is MemberState.ERASED
        assert not session.scalars(select(MemberPhone)).all()
        with pytest.raises(NotFoundError):
            erase_plan(session, member, context)


def test_what_is_open_is_settled_first(shop: Shop) -> None:
    member = add_member(shop, NAME, PHONE)
    ticket = add_repair(shop, member)
    loan = lend_to(shop, add_loaner(shop).id, member, ticket.id)
    context = shop.context(Role.MANAGER)
    topped = ledger.Post(member, LedgerKind.PRINCIPAL, LedgerReason.TOP_UP, 20_000)
    with shop.database.transaction() as session:
        ledger.post(session, topped, context)
    with pytest.raises(EraseRefusedError) as refused:
        erase_now(shop, member)
    found = {(one.obstacle, one.number, one.fen) for one in refused.value.in_the_way}
    assert (Obstacle.OPEN_TICKET, ticket.number, 0) in found
    assert (Obstacle.LOANER_OUT, loan.number, 0) in found
    assert (Obstacle.STORED_VALUE, "", 20_000) in found
    with shop.reading() as session:
        assert session.get_one(Member, member).name == NAME
        assert session.scalars(select(Erasure)).all() == []


def test_files_merged_into_hers_go_with_it(shop: Shop) -> None:
    kept, gone = add_member(shop, NAME, PHONE), add_member(shop, "欧阳小锦", "13900002222")
    with shop.database.transaction() as session:
        row = session.get_one(Member, gone)
        row.state, row.merged_into_id = MemberState.MERGED, kept
    erase_now(shop, kept)
    with shop.reading() as session:
        assert {one.state for one in session.scalars(select(Member).where(Member.id.in_([kept, gone])))} == {
            MemberState.ERASED
        }
        assert session.get_one(Member, gone).name == WIPED_NAME


def test_only_who_may_and_only_what_was_seen(shop: Shop) -> None:
    member = add_member(shop, NAME, PHONE)
    with pytest.raises(NotAllowedError):
        shop.do(erase, EraseMember(member, 1, "来信"), shop.context(Role.CLERK))
    with pytest.raises(StaleError):
        shop.do(erase, EraseMember(member, 9, "来信"), shop.context(Role.MANAGER))
    with pytest.raises(InvalidFieldError):
        shop.do(erase, EraseMember(member, 1, "  "), shop.context(Role.MANAGER))
    with pytest.raises(NotFoundError):
        shop.do(erase, EraseMember(5, 1, "来信"), shop.context(Role.MANAGER))


def test_a_restored_backup_is_erased_again(shop: Shop) -> None:
    member = add_member(shop, NAME, PHONE)
    context = shop.context(Role.MANAGER)
    assert shop.do(erase_again, [member, 5], context) == 1
    assert shop.do(erase_again, [member, 5], context) == 0
    with shop.reading() as session:
        assert session.get_one(Member, member).name == WIPED_NAME
        assert session.scalars(select(AuditEntry.act).order_by(AuditEntry.ordinal.desc())).first() == "member.erase"


def test_runs_of_labels_and_letters_go_with_anybody(shop: Shop, folder: Path) -> None:
    member = add_member(shop, NAME, PHONE)
    out = GivenOut(f"%PDF {NAME} and forty others".encode())
    run = RegisterPaper(PaperKind.ADDRESS_LABEL, "A010000015", "zh_CN")
    shop.do(give_out, run, out, shop.context(Role.MANAGER))
    slip = RegisterPaper(PaperKind.SHELF_LABEL, "S1", "zh_CN")
    shop.do(give_out, slip, GivenOut(b"%PDF of the store"), shop.context(Role.MANAGER))
    erase_now(shop, member)
    sweep(shop.database, stores(folder), shop.context(Role.MANAGER))
    assert left(folder, NAME) == []
    with shop.reading() as session:
        kept = dict(session.execute(select(Paper.kind, Paper.sha256)).all())
    assert kept[PaperKind.ADDRESS_LABEL] == ""
    assert stores(folder).papers.read(kept[PaperKind.SHELF_LABEL]) == b"%PDF of the store"
