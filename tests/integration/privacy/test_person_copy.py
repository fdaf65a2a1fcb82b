"""The copy of everything about one person: nothing forgotten, nothing of others, nothing that computes."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import Enum, String, select

from crmdesk.core.errors import NotAllowedError, NotFoundError
from crmdesk.core.i18n import set_language
from crmdesk.core.member_words import Look
from crmdesk.core.person_columns import COLUMN_WORDS
from crmdesk.core.person_tables import TABLE_WORDS
from crmdesk.core.roles import Role
from crmdesk.db.base import Base
from crmdesk.documents.person_copy import write_both
from crmdesk.models.access import AccessEntry
from crmdesk.models.member import Member
from crmdesk.models.personal import OWNED
from crmdesk.queries.person_file import person_letter, person_of, person_sheets
from crmdesk.services.person_file import note_copy
from tests.builders.loaners import add_member
from tests.builders.shop import Shop
from tests.builders.whole_person import SHORT, add_whole_person

# Rows that are there for the program's own work: what is worked out again, what a merge moved, pairs with others.
_INNER_TABLES = {"dirty_member", "duplicate_pair", "merge_move", "erasure"}
# Names of files, hashes, order on the screen, copies of rows that stand elsewhere; strokes are a drawing.
_INNER_TEXTS = {"basis", "strokes", "before", "files", "counts", "table_name", "column_name", "tail"}
PERSON = 7_500_000


@pytest.fixture
def whole(shop: Shop) -> Shop:
    add_whole_person(shop.database, PERSON)
    return shop


def test_every_kind_of_row_and_every_text_has_words() -> None:
    assert set(TABLE_WORDS) == set(OWNED) - _INNER_TABLES
    for name in TABLE_WORDS:
        texts = {
            one.name
            for one in Base.metadata.tables[name].columns
            if isinstance(one.type, String) and not isinstance(one.type, Enum)
        }
        assert texts <= set(COLUMN_WORDS) | _INNER_TEXTS, name


def test_every_row_stands_in_the_workbook(whole: Shop, tmp_path: Path) -> None:
    set_language("en")
    manager = whole.context(Role.MANAGER)
    with whole.reading() as session:
        sheets = person_sheets(session, PERSON, manager)
        letter = person_letter(session, PERSON, manager, "en")
    written = write_both(tmp_path, sheets, letter, "en")
    assert [path.suffix for path in written] == [".xlsx", ".pdf"]
    book = load_workbook(written[0])
    assert len(book.sheetnames) == len(TABLE_WORDS)
    for name, owned in OWNED.items():
        if name in TABLE_WORDS:
            sheet = book[TABLE_WORDS[name]]
            assert sheet.max_row == 2, name
            said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
            shown = set(owned.wiped) - _INNER_TEXTS - {"sha256"}
            assert not shown or SHORT[:3] in said, name
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written[1].read_bytes())).pages)
    assert "every single row" in " ".join(text.split())


def test_nothing_that_was_typed_computes(shop: Shop, tmp_path: Path) -> None:
    member = add_member(shop, "=HYPERLINK(1)", "13805715678")
    with shop.database.transaction() as session:
        session.get_one(Member, member).notes = "+1+1"
        session.get_one(Member, member).hobbies = "@SUM(A1)"
    manager = shop.context(Role.MANAGER)
    with shop.reading() as session:
        sheets = person_sheets(session, member, manager)
        letter = person_letter(session, member, manager, "zh_CN")
    [path, _letter] = write_both(tmp_path, sheets, letter, "zh_CN")
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {"+1+1", "@SUM(A1)", "13805715678"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_nothing_of_somebody_else(whole: Shop) -> None:
    member = add_member(whole, "王芳", "13805715678")
    with whole.reading() as session:
        said = repr([list(one.rows) for one in person_sheets(session, member, whole.context(Role.MANAGER))])
    assert "13805715678" in said
    assert "QZ7" not in said


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.HEAD_OFFICE, Role.ADMINISTRATOR])
def test_who_may_not(whole: Shop, role: Role) -> None:
    with whole.reading() as session, pytest.raises(NotAllowedError):
        person_sheets(session, PERSON, whole.context(role))
    with pytest.raises(NotAllowedError):
        whole.do(note_copy, PERSON, whole.context(role))


def test_the_copy_is_noted_and_then_stands_in_the_copy(shop: Shop) -> None:
    member = add_member(shop, "王芳", "13805715678")
    number = shop.do(note_copy, member, shop.context(Role.OWNER))
    with shop.reading() as session:
        looks = session.scalars(select(AccessEntry.look).where(AccessEntry.member_id == member)).all()
        assert looks == [Look.EXPORTED]
        assert person_of(session, f" {number.lower()} ") == member
        titles = [one.title for one in person_sheets(session, member, shop.context(Role.OWNER))]
        assert len(titles) == len(set(titles))


def test_nobody_there(shop: Shop) -> None:
    with shop.reading() as session:
        with pytest.raises(NotFoundError):
            person_of(session, "M999")
        with pytest.raises(NotFoundError):
            person_sheets(session, 4711, shop.context(Role.MANAGER))
