"""The demonstration store lends as the rules allow: who keeps a loaner too long gets no other."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from crmdesk.core.loaners import NoLoanReason
from crmdesk.core.tickets import ItemCategory
from crmdesk.db.engine import Database
from crmdesk.demo.people import People
from crmdesk.demo.repairs import Repairs
from crmdesk.demo.shop import begin
from crmdesk.demo.timetable import Timetable
from crmdesk.demo.words import GOODS
from crmdesk.migrations import runner
from crmdesk.models.ticket import Ticket
from tests.builders.shop import OPENING


def test_who_has_an_overdue_loaner_goes_without_another(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "demo.db")
    runner.upgrade(database)
    shop = begin(database, OPENING, seed=7)
    repairs = Repairs(shop, Timetable(shop.clock, OPENING + timedelta(days=90), shop.store.zone))
    people = People(shop)
    suitcase = next(one for one in GOODS if one.category is ItemCategory.SUITCASE)
    bought = replace(people.buy(people.join("周建国")), goods=suitcase)
    first = repairs.take_in(bought)
    assert repairs.see(first).loans or repairs.lend(first, suitcase.size_class)
    shop.clock.advance(timedelta(days=40))
    second = repairs.take_in(bought)
    assert repairs.see(second).loans == ()
    assert not repairs.lend(second, suitcase.size_class)
    other = repairs.take_in(replace(bought, person=people.join("王芳")))
    assert repairs.see(other).loans or repairs.lend(other, suitcase.size_class), "there are loaners for others"
    shop.commit()
    database.dispose()


def test_why_none_was_lent_is_kept_with_the_ticket(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "demo.db")
    runner.upgrade(database)
    shop = begin(database, OPENING, seed=7)
    repairs = Repairs(shop, Timetable(shop.clock, OPENING + timedelta(days=90), shop.store.zone))
    people = People(shop)
    suitcase = next(one for one in GOODS if one.category is ItemCategory.SUITCASE)
    for number in range(40):
        repairs.take_in(replace(people.buy(people.join(f"周{number}")), goods=suitcase))
    kept = {(one.no_loan_reason, bool(repairs.see(one.id).loans)) for one in shop.session.scalars(select(Ticket))}
    assert kept == {(None, True), (NoLoanReason.NOT_NEEDED, False), (NoLoanReason.NONE_FITS, False)}
    shop.commit()
    database.dispose()
