"""Counting by scan, labels, photos, and how much the loaners are used."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from crmdesk.core.errors import NotFoundError, ReasonMissingError
from crmdesk.core.loan_events import LoanAct
from crmdesk.core.loaners import LoanerState, LoanState, ReturnGrade
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.photo_store import PhotoStore
from crmdesk.exchange.pictures import take_picture
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.queries.loan_events import time_line
from crmdesk.queries.loaner_labels import labels
from crmdesk.queries.loaner_shelf import shelf_rows
from crmdesk.queries.loaner_use import use_of_classes, use_of_loaners
from crmdesk.queries.loans import detail
from crmdesk.services.loan_reservations import ReserveLoaner, reserve
from crmdesk.services.loan_returns import TakeBack, take_back
from crmdesk.services.loaner_count import CountShelf, count_shelf
from crmdesk.services.loaner_photos import AddLoanerPhoto, add_photo, remove_photo
from crmdesk.services.unit import perform
from tests.builders.loaners import SUITCASE, add_loaner, add_member, lend_to, wait
from tests.builders.shop import Shop


def test_a_count_marks_what_is_missing_and_finds_what_was_lost(shop: Shop) -> None:
    here, gone, lent = (add_loaner(shop, code).id for code in ("L-001", "L-002", "L-003"))
    member = add_member(shop)
    lend_to(shop, lent, member)
    today = shop.context().today()
    kept = shop.do(reserve, ReserveLoaner(gone, member, today, today + timedelta(days=3)), shop.context())
    with pytest.raises(ReasonMissingError):
        shop.do(count_shelf, CountShelf(frozenset({here}), frozenset({gone})), shop.context())
    with shop.reading() as session:
        before = session.get_one(Loaner, here).version
    counted = shop.do(count_shelf, CountShelf(frozenset({here}), frozenset({gone, lent}), "年终盘点"), shop.context())
    assert (counted.seen, counted.missing, counted.skipped) == (1, ("L-002",), ("L-003",))
    with shop.reading() as session:
        assert session.get_one(Loaner, here).counted_on == today
        assert session.get_one(Loaner, here).version == before  # nobody's open form is stale for it
        assert session.get_one(Loaner, gone).state is LoanerState.LOST
        assert session.get_one(Loaner, lent).state is LoanerState.LENT
        assert session.get_one(Loan, kept.id).state is LoanState.CANCELLED
    again = shop.do(count_shelf, CountShelf(frozenset({here, gone})), shop.context())
    assert again.found_again == ("L-002",)
    with shop.reading() as session:
        assert [line.act for line in time_line(session, gone)][:2] == [LoanAct.FOUND, LoanAct.RESERVATION_GIVEN_UP] or (
            time_line(session, gone)[0].act is LoanAct.FOUND
        )
        rows = {row.code: row.expected for row in shelf_rows(session, shop.context())}
    assert rows == {"L-001": True, "L-002": True, "L-003": False}


def test_labels_of_the_chosen_by_code(shop: Shop) -> None:
    keys = [add_loaner(shop, code).id for code in ("L-010", "L-002")]
    with shop.reading() as session:
        facts = labels(session, keys, shop.context())
        assert labels(session, [], shop.context()).labels == ()
    assert [one.code for one in facts.labels] == ["L-002", "L-010"]
    assert facts.labels[0].words == "途远  银色  20寸"


def test_photos_of_a_loaner(shop: Shop, tmp_path: Path) -> None:
    loaner = add_loaner(shop)
    store = PhotoStore(tmp_path / "photos")
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "#335577").save(drawn, "PNG")
    request = AddLoanerPhoto(loaner.id, take_picture(drawn.getvalue()))
    name = ""
    for _twice in range(2):
        name = perform(shop.database, shop.context(), lambda s, c: add_photo(s, request, c, store=store)).value
    with shop.reading() as session:
        assert detail(session, loaner.id, shop.context()).photos == (name,)
    assert store.read(name) is not None
    perform(shop.database, shop.context(), lambda s, c: remove_photo(s, loaner.id, name, c))
    with pytest.raises(NotFoundError):
        perform(shop.database, shop.context(), lambda s, c: remove_photo(s, loaner.id, name, c))


def test_use_by_loaner_and_by_kind(shop: Shop) -> None:
    case, bag = add_loaner(shop), add_loaner(shop, "B-001", replace(SUITCASE, category=ItemCategory.BAG))
    member = add_member(shop)
    first = shop.context().today()
    wait(shop, 2)
    lent = lend_to(shop, case.id, member)
    wait(shop, 6)
    shop.do(take_back, TakeBack(lent.id, ReturnGrade.AS_LENT, returned=lent.deposit), shop.context())
    last = shop.context().today() + timedelta(days=1)
    wait(shop, 1)
    with shop.reading() as session:
        rows = use_of_loaners(session, first, last, shop.context())
    by_code = {row.code: row for row in rows}
    assert (by_code["L-007"].lent, by_code["L-007"].shelf, by_code["L-007"].times) == (6, 2, 1)
    assert by_code["L-007"].share == 0.75
    assert (by_code["B-001"].lent, by_code["B-001"].shelf) == (0, 10)
    kinds = {row.category: row for row in use_of_classes(rows)}
    assert sum(row.lent for row in kinds.values()) == sum(row.lent for row in rows)
    assert kinds[ItemCategory.SUITCASE].share == 0.75
    assert bag.id in {row.id for row in rows}
