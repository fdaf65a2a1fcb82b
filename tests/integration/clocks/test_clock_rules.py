"""A store changes its clocks: what then runs, who may, what is refused, and what the second desk is told."""

from dataclasses import replace
from datetime import date

import pytest

from crmdesk.core import clock_rules
from crmdesk.core.clock_errors import ClockDaysError, ClockNeverRunsError, ClockTitleError, UnknownClockError
from crmdesk.core.clock_rules import ClockPause, ClockRule, ClockStart, ClockStop
from crmdesk.core.clocks import ClockReading
from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.roles import Role
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.settings_service import QUOTE_VALID_DAYS
from crmdesk.core.tickets import TicketKind
from crmdesk.core.tones import Tone
from crmdesk.models.audit import AuditEntry
from crmdesk.queries.clock_book import clock_book
from crmdesk.queries.clock_settings import ClockRow, ClockSettings, Preview, clock_settings, preview
from crmdesk.queries.settings import store_settings
from crmdesk.services import clock_rules as service
from crmdesk.services.clock_rules import AddClock, ChangeClock, ChooseRegion, ClockChoice, ClockFacts
from tests.builders.repairs import seen, taken_in
from tests.builders.shop import STORE_ID, Shop

LEND = "repair_or_lend"


def settings(shop: Shop) -> ClockSettings:
    with shop.reading() as session:
        return clock_settings(session, shop.context(Role.OWNER))


def row(shop: Shop, key: str) -> ClockRow:
    return next(one for one in settings(shop).clocks if one.rule.key == key)


def facts(shop: Shop, key: str, **changes: object) -> ClockFacts:
    rule = row(shop, key).rule
    known = ClockFacts(
        rule.title_now(), rule.days, rule.source_now(), working=rule.working, pauses=rule.pauses, active=rule.active
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def change(shop: Shop, key: str, **changes: object) -> None:
    request = ChangeClock(key, row(shop, key).version, facts(shop, key, **changes))
    shop.do(service.change, request, shop.context(Role.OWNER))


def acts(shop: Shop) -> list[str]:
    with shop.reading() as session:
        return [one.act for one in session.query(AuditEntry) if one.act.startswith(("clock.", "calendar."))]


def lend_clock(shop: Shop, ticket_id: int) -> ClockReading | None:
    return next((one for one in seen(shop, ticket_id).clocks if one.key == LEND), None)


def test_a_shipped_clock_is_changed_and_given_back(shop: Shop) -> None:
    ticket = taken_in(shop)
    before = lend_clock(shop, ticket)
    assert before is not None
    change(shop, LEND, days=3, working=True)
    after = lend_clock(shop, ticket)
    assert after is not None
    assert (before.due_on, after.due_on) == (date(2026, 11, 26), date(2026, 11, 25))
    assert after.source == before.source
    assert (row(shop, LEND).changed, row(shop, LEND).version) == (True, 1)
    shop.do(service.restore, ClockChoice(LEND, 1), shop.context(Role.OWNER))
    assert lend_clock(shop, ticket) == before
    assert (row(shop, LEND).changed, row(shop, LEND).version) == (False, 0)
    assert acts(shop) == ["clock.change", "clock.restore"]


def test_words_left_alone_stay_in_both_languages_and_own_words_do_not(shop: Shop) -> None:
    change(shop, LEND, days=4)
    assert set(row(shop, LEND).rule.title) == {"en", "zh_CN"}
    change(shop, LEND, title="五天内修好", source="本店规定")
    rule = row(shop, LEND).rule
    assert (rule.title_now(), rule.source_now()) == ("五天内修好", "本店规定")


def test_a_clock_is_switched_off_and_on(shop: Shop) -> None:
    ticket = taken_in(shop)
    owner = shop.context(Role.OWNER)
    assert shop.do(service.switch, ClockChoice(LEND, 0), owner) is False
    assert lend_clock(shop, ticket) is None
    assert not row(shop, LEND).rule.active
    assert shop.do(service.switch, ClockChoice(LEND, 1), owner) is True
    assert lend_clock(shop, ticket) is not None
    assert not row(shop, LEND).changed


def test_nothing_changed_writes_nothing(shop: Shop) -> None:
    change(shop, LEND)
    assert (row(shop, LEND).version, acts(shop)) == (0, [])


def own(title: str = "三天内初检", **changes: object) -> AddClock:
    known = AddClock(
        ClockFacts(title, 3, "本店规定"), ClockStart.RECEIVED, ClockStop.READY, frozenset({TicketKind.REPAIR})
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def test_an_own_clock_runs_and_is_removed(shop: Shop) -> None:
    ticket = taken_in(shop)
    key = shop.do(service.add, own(), shop.context(Role.OWNER))
    mine = next(one for one in seen(shop, ticket).clocks if one.key == key)
    assert (mine.title, mine.due_on, mine.source) == ("三天内初检", date(2026, 11, 24), "本店规定")
    change(shop, key, days=1)
    assert shop.do(service.restore, ClockChoice(key, row(shop, key).version), shop.context(Role.OWNER)) is False
    assert key not in {one.key for one in seen(shop, ticket).clocks}
    assert acts(shop) == ["clock.add", "clock.change", "clock.remove"]


@pytest.mark.parametrize("days", [-1, 366, 100_000])
def test_days_out_of_range(shop: Shop, days: int) -> None:
    with pytest.raises(ClockDaysError):
        change(shop, LEND, days=days)
    with pytest.raises(ClockDaysError):
        shop.do(service.add, own(facts=ClockFacts("x", days)), shop.context(Role.OWNER))
    assert acts(shop) == []


def test_what_else_is_refused(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    with pytest.raises(UnknownClockError):
        shop.do(service.switch, ClockChoice("nothing", 0), owner)
    with pytest.raises(UnknownClockError):  # a clock of another region
        shop.do(service.switch, ClockChoice("repair_total_shandong", 0), owner)
    with pytest.raises(ClockTitleError):
        shop.do(service.add, own("累计维修时间"), owner)
    with pytest.raises(ClockTitleError):
        shop.do(service.add, own("WHOLE REPAIR TIME"), owner)
    with pytest.raises(InvalidFieldError):
        shop.do(service.add, own("  "), owner)
    with pytest.raises(InvalidFieldError):
        shop.do(service.add, own("长" * 61), owner)
    with pytest.raises(InvalidFieldError):
        shop.do(service.add, own(kinds=frozenset()), owner)
    with pytest.raises(ClockNeverRunsError):
        shop.do(service.add, own(start=ClockStart.READY), owner)
    with pytest.raises(ClockNeverRunsError):
        change(shop, "quote_answer", pauses=ClockPause.CUSTOMER)
    with pytest.raises(SettingRefusedError):
        shop.do(service.choose_region, ChooseRegion("mars", 75), owner)
    assert acts(shop) == []


def test_a_title_twice_is_refused_for_own_ones_too(shop: Shop) -> None:
    shop.do(service.add, own(), shop.context(Role.OWNER))
    with pytest.raises(ClockTitleError):
        shop.do(service.add, own(), shop.context(Role.OWNER))


@pytest.mark.parametrize("role", [Role.CLERK, Role.GUIDE, Role.MANAGER, Role.HEAD_OFFICE])
def test_who_may_not(shop: Shop, role: Role) -> None:
    context = shop.context(role)
    with pytest.raises(NotAllowedError):
        shop.do(service.switch, ClockChoice(LEND, 0), context)
    with pytest.raises(NotAllowedError):
        shop.do(service.change, ChangeClock(LEND, 0, facts(shop, LEND)), context)
    with pytest.raises(NotAllowedError):
        shop.do(service.add, own(), context)
    with pytest.raises(NotAllowedError):
        shop.do(service.restore, ClockChoice(LEND, 0), context)
    with pytest.raises(NotAllowedError):
        shop.do(service.choose_region, ChooseRegion("national", 75), context)


def test_two_desks_change_one_clock(shop: Shop) -> None:
    first, second = (ChangeClock(LEND, 0, facts(shop, LEND, days=days)) for days in (3, 9))
    shop.do(service.change, first, shop.context(Role.OWNER))
    with pytest.raises(StaleError):
        shop.do(service.change, second, shop.context(Role.OWNER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(service.switch, ClockChoice(LEND, 0), shop.context(Role.OWNER, "desk-2"))
    with pytest.raises(StaleError):
        shop.do(service.restore, ClockChoice(LEND, 0), shop.context(Role.OWNER, "desk-2"))
    assert row(shop, LEND).rule.days == 3


def test_the_region_chooses_the_clocks(shop: Shop) -> None:
    ticket = taken_in(shop)
    shop.do(service.choose_region, ChooseRegion("shandong", 50), shop.context(Role.OWNER))
    keys = {one.key for one in seen(shop, ticket).clocks}
    assert "repair_total_shandong" in keys
    assert keys.isdisjoint({LEND, "repair_total"})
    assert (settings(shop).region, settings(shop).warning_percent) == ("shandong", 50)
    assert {one.rule.key for one in settings(shop).clocks} == {rule.key for rule in clock_rules.all_rules("shandong")}


def test_a_change_in_one_region_waits_there(shop: Shop) -> None:
    change(shop, LEND, days=3)
    owner = shop.context(Role.OWNER)
    shop.do(service.choose_region, ChooseRegion("national", 75), owner)
    assert LEND not in {one.rule.key for one in settings(shop).clocks}
    shop.do(service.choose_region, ChooseRegion("zhejiang", 75), owner)
    assert row(shop, LEND).rule.days == 3


def test_a_length_that_is_a_setting_is_written_there(shop: Shop) -> None:
    change(shop, "quote_answer", days=10)
    with shop.reading() as session:
        assert store_settings(session, STORE_ID).get(QUOTE_VALID_DAYS) == 10
        rules = {rule.key: rule for rule in clock_book(session, STORE_ID).rules}
    assert rules["quote_answer"].days == 10
    assert row(shop, "quote_answer").changed
    with pytest.raises(SettingRefusedError):  # a quote holds 1 to 90 days
        change(shop, "quote_answer", days=0)
    version = row(shop, "quote_answer").version
    shop.do(service.restore, ClockChoice("quote_answer", version), shop.context(Role.OWNER))
    assert row(shop, "quote_answer").rule.days == QUOTE_VALID_DAYS.default
    assert not row(shop, "quote_answer").changed


def test_the_preview_says_what_a_change_would_do_and_changes_nothing(shop: Shop) -> None:
    for name in ("周建国", "林婉清"):
        taken_in(shop, name=name)
    rule = row(shop, LEND).rule
    assert _preview(shop, rule) == Preview(0, 0, 0, 0)
    assert _preview(shop, replace(rule, days=0)) == Preview(0, 0, 0, 2)
    assert _preview(shop, replace(rule, days=0, active=False)) == Preview(0, 0, 0, 0)
    assert acts(shop) == []
    assert all(one.tone is not Tone.LATE for one in seen(shop, taken_in(shop, name="单雪芹")).clocks)


def _preview(shop: Shop, rule: ClockRule) -> Preview:
    with shop.reading() as session:
        return preview(session, rule, shop.context(Role.OWNER))


def test_next_year_is_not_announced(shop: Shop) -> None:
    assert settings(shop).unannounced == 2027
