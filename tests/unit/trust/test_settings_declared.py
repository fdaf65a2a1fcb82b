"""Settings are declared once, with defaults of the domain rules, and refuse what does not fit."""

from datetime import time

import pytest

from crmdesk.core import settings_care, settings_desk, settings_service
from crmdesk.core.money import Money
from crmdesk.core.roles import APPROVE_UP_TO, Role
from crmdesk.core.setting import DECLARED, Scope, Setting, SettingValues, declare
from crmdesk.core.setting_kinds import Amount, NameTable, SettingRefusedError, Steps, Switch, TimeOfDay, Whole
from crmdesk.core.settings import setting, settings_of


@pytest.mark.parametrize("key", DECLARED)
def test_every_setting_explains_itself_and_stores_its_default(key: str) -> None:
    one = setting(key)
    assert one.doc.endswith(".")
    assert one.group
    assert one.kind.from_json(one.kind.to_json(one.default)) == one.default
    assert one.parse(one.kind.text(one.default)) == one.default


def test_defaults_are_those_of_the_domain_rules() -> None:
    values = SettingValues()
    assert values.get(settings_service.LOANER_LIMIT_DAYS) == 5
    assert values.get(settings_service.QUOTE_VALID_DAYS) == 7
    assert values.get(settings_service.APPROVE_MANAGER) == APPROVE_UP_TO[Role.MANAGER] == Money.yuan(500)
    assert values.get(settings_care.CONTACT_FROM) == time(9)
    assert values.get(settings_care.CONTACT_UNTIL) == time(19)
    assert values.get(settings_care.RETRY_HOURS) == (4, 24, 72)


def test_a_key_is_declared_once() -> None:
    with pytest.raises(ValueError, match="language"):
        declare(settings_desk.LANGUAGE)


def test_unknown_key_is_refused() -> None:
    with pytest.raises(SettingRefusedError) as caught:
        setting("no.such")
    assert (caught.value.reason, caught.value.field) == ("unknown_setting", "no.such")


def test_scopes_do_not_mix() -> None:
    assert {one.scope for one in settings_of(Scope.DESK)} == {Scope.DESK}
    assert len(settings_of(Scope.DESK)) + len(settings_of(Scope.STORE)) == len(DECLARED)


@pytest.mark.parametrize(
    ("one", "text", "reason"),
    [
        (settings_service.LOANER_LIMIT_DAYS, "61", "too_large"),
        (settings_service.LOANER_LIMIT_DAYS, "-1", "too_small"),
        (settings_service.LOANER_LIMIT_DAYS, "five", "not_a_number"),
        (settings_service.LOANER_LATE_FEE, "a lot", "not_an_amount"),
        (settings_service.LOANER_LATE_FEE, "-5", "too_small"),
        (settings_service.CLOCK_REGION, "mars", "not_a_choice"),
        (settings_service.LOANER_REMIND_DAYS, "3, 1", "not_rising"),
        (settings_service.LOANER_REMIND_DAYS, "1, x", "not_a_number"),
        (settings_care.CONTACT_FROM, "25:00", "not_a_time"),
        (settings_desk.SCAN_SOUND, "maybe", "not_yes_or_no"),
        (settings_desk.DESK_NAME, "x" * 41, "too_long"),
        (settings_desk.PRINTERS, "card", "not_a_list"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_reason(one: Setting[object], text: str, reason: str) -> None:
    with pytest.raises(SettingRefusedError) as caught:
        one.parse(text)
    assert (caught.value.reason, caught.value.field) == (reason, one.key)


def test_people_type_in_their_own_way() -> None:
    assert Whole(0, 9).parse(" ５ ") == 5
    assert Amount().parse("¥1,280.50") == Money(128050)
    assert TimeOfDay().parse("9：30") == time(9, 30)
    assert Steps().parse("1、3，7") == (1, 3, 7)
    assert Switch().parse("是") is True
    assert NameTable().parse("card=Zebra; slip=HP") == {"card": "Zebra", "slip": "HP"}


def test_what_is_stored_and_does_not_fit_any_more_gives_the_default() -> None:
    limit = settings_service.LOANER_LIMIT_DAYS
    for stored in (400, "7", None, True, [1]):
        assert SettingValues({limit.key: stored}).get(limit) == 5  # type: ignore[dict-item]


def test_a_change_makes_a_copy() -> None:
    before = SettingValues()
    after = before.changed(settings_service.LOANER_LIMIT_DAYS, 8)
    assert (before.get(settings_service.LOANER_LIMIT_DAYS), after.get(settings_service.LOANER_LIMIT_DAYS)) == (5, 8)
    assert before.is_default(settings_service.LOANER_LIMIT_DAYS)
    assert after.stored() == {"loaners.limit_days": 8}
    with pytest.raises(SettingRefusedError):
        after.changed(settings_service.LOANER_LIMIT_DAYS, 1000)
