"""A store's working days: single days, spans, a whole year; what clocks then count; what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.core.clock_errors import CalendarReachError, CalendarSpanError
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.roles import Role
from crmdesk.core.work_calendar import shipped
from crmdesk.models.audit import AuditEntry
from crmdesk.models.clock_rule import CalendarDay
from crmdesk.queries.clock_book import calendar_of
from crmdesk.queries.clock_settings import DayFacts, YearFacts, calendar_year
from crmdesk.services import calendar_days as service
from crmdesk.services.calendar_days import ClearDays, SetDays, TakeYear
from tests.builders.shop import STORE_ID, Shop

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SATURDAY = date(2026, 11, 28)


def year(shop: Shop, number: int = 2026) -> YearFacts:
    with shop.reading() as session:
        return calendar_year(session, number, shop.context(Role.OWNER))


def day(shop: Shop, wanted: date) -> DayFacts:
    return next(one for one in year(shop, wanted.year).days if one.day == wanted)


def put(shop: Shop, first: date, last: date, name: str = "", *, working: bool = False) -> int:
    request = SetDays(first, last, working, name, year(shop, first.year).stamp)
    return shop.do(service.set_days, request, shop.context(Role.OWNER))


def own(shop: Shop) -> int:
    with shop.reading() as session:
        return session.query(CalendarDay).count()


def audited(shop: Shop) -> list[str]:
    with shop.reading() as session:
        return [one.act for one in session.query(AuditEntry) if one.act.startswith("calendar.")]


def test_a_span_of_rest_is_entered_and_counted(shop: Shop) -> None:
    assert put(shop, MONDAY, TUESDAY, "盘点") == 2
    assert (day(shop, MONDAY).working, day(shop, MONDAY).name, day(shop, MONDAY).own) == (False, "盘点", True)
    with shop.reading() as session:
        assert calendar_of(session, STORE_ID).add(date(2026, 11, 20), 1) == date(2026, 11, 25)
    request = ClearDays(MONDAY, TUESDAY, year(shop).stamp)
    assert shop.do(service.clear_days, request, shop.context(Role.OWNER)) == 2
    assert (day(shop, MONDAY).working, own(shop)) == (True, 0)
    assert audited(shop) == ["calendar.set", "calendar.clear"]


def test_a_saturday_is_worked(shop: Shop) -> None:
    put(shop, SATURDAY, SATURDAY, working=True)
    assert day(shop, SATURDAY).working
    put(shop, SATURDAY, SATURDAY)  # as shipped again: nothing of the store's is left
    assert own(shop) == 0


def test_what_is_so_already_is_not_written(shop: Shop) -> None:
    assert put(shop, SATURDAY, SATURDAY) == 0
    assert (own(shop), audited(shop)) == (0, [])


def test_shipped_feasts_have_their_names_and_source(shop: Shop) -> None:
    feast = day(shop, date(2026, 2, 17))
    assert (feast.working, feast.name, feast.named, feast.own) == (False, "Spring Festival", True, False)
    assert year(shop).source
    assert (year(shop).announced, year(shop, 2027).announced) == (True, False)


def test_the_calendar_ends_somewhere(shop: Shop) -> None:
    with pytest.raises(CalendarReachError):
        put(shop, date(2031, 1, 1), date(2031, 1, 2))
    assert (year(shop, 2031).year, year(shop, 1990).year) == (2027, 2025)


@pytest.mark.parametrize(
    ("first", "last"),
    [(TUESDAY, MONDAY), (date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 12, 31), date(2027, 1, 1))],
)
def test_spans_that_cannot_be(shop: Shop, first: date, last: date) -> None:
    with pytest.raises(CalendarSpanError):
        put(shop, first, last)
    assert own(shop) == 0


def test_names_and_rights(shop: Shop) -> None:
    with pytest.raises(InvalidFieldError):
        put(shop, MONDAY, MONDAY, "长" * 41)
    request = SetDays(MONDAY, MONDAY, working=False, seen_stamp=year(shop).stamp)
    with pytest.raises(NotAllowedError):
        shop.do(service.set_days, request, shop.context(Role.MANAGER))
    with pytest.raises(NotAllowedError):
        shop.do(service.clear_days, ClearDays(MONDAY, MONDAY), shop.context(Role.MANAGER))
    with pytest.raises(NotAllowedError):
        shop.do(service.take_year, TakeYear(2027), shop.context(Role.MANAGER))


def test_two_desks_enter_days_of_one_year(shop: Shop) -> None:
    stamp = year(shop).stamp
    first, second = (SetDays(one, one, working=False, seen_stamp=stamp) for one in (MONDAY, TUESDAY))
    shop.do(service.set_days, first, shop.context(Role.OWNER))
    with pytest.raises(StaleError):
        shop.do(service.set_days, second, shop.context(Role.OWNER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(service.clear_days, ClearDays(MONDAY, MONDAY, stamp), shop.context(Role.OWNER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(service.take_year, TakeYear(2026, {}, stamp), shop.context(Role.OWNER, "desk-2"))
    shop.do(service.set_days, replace(second, seen_stamp=year(shop).stamp), shop.context(Role.OWNER, "desk-2"))
    assert own(shop) == 2


ANNOUNCED = {
    date(2027, 1, 1): (False, "元旦"),
    **{date(2027, 2, number): (False, "春节") for number in range(4, 12)},
    date(2027, 2, 14): (True, "春节"),
}


def test_a_whole_year_as_announced(shop: Shop) -> None:
    put(shop, date(2027, 3, 1), date(2027, 3, 2), "盘点")
    request = TakeYear(2027, ANNOUNCED, year(shop, 2027).stamp)
    assert shop.do(service.take_year, request, shop.context(Role.OWNER)) == len(ANNOUNCED)
    found = year(shop, 2027)
    assert found.announced
    for one in found.days:
        if one.day in ANNOUNCED:
            assert (one.working, one.name) == ANNOUNCED[one.day]
        else:  # no feast that was shipped and no day that was entered is left
            assert one.working == (one.day.weekday() < 5), one
    assert audited(shop) == ["calendar.set", "calendar.take"]


def test_a_year_with_a_day_of_another_year_is_refused_whole(shop: Shop) -> None:
    request = TakeYear(2027, {**ANNOUNCED, date(2026, 1, 1): (False, "")}, year(shop, 2027).stamp)
    with pytest.raises(CalendarReachError):
        shop.do(service.take_year, request, shop.context(Role.OWNER))
    assert own(shop) == 0
    with shop.reading() as session:
        assert calendar_of(session, STORE_ID).named == shipped().named
