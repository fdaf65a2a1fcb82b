"""Fields of a kind of goods: asked, checked, kept, there again, on the slip; a store's own ones beside them."""

from dataclasses import replace

import pytest

from crmdesk.core.errors import InvalidFieldError, NotAllowedError
from crmdesk.core.item_templates import ItemFieldKind, accessories_for, checked_value, fields_for, told
from crmdesk.core.roles import Role
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.settings_goods import MOST_FIELDS
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.queries import intake, ticket_papers
from crmdesk.queries.intake_goods import goods
from crmdesk.queries.ticket_detail import detail
from crmdesk.queries.ticket_facts import TicketDetail
from crmdesk.services import desk_intake
from crmdesk.services.desk_intake import DeskIntake, IntakeMade
from crmdesk.services.goods_fields import AddField, add_field, drop_field
from crmdesk.services.ticket_intake import ItemFacts, TakeIn
from tests.builders.intake import add_zhou
from tests.builders.shop import Shop

SUITCASE = ItemCategory.SUITCASE


def take_in(shop: Shop, member_id: int, facts: ItemFacts, *, estimate_only: bool = False) -> IntakeMade:
    ticket = TakeIn(TicketKind.REPAIR, member_id, "轮子断了", item=facts, estimate_only=estimate_only)
    return shop.do(desk_intake.save, DeskIntake(ticket), shop.context())


def seen(shop: Shop, made: IntakeMade) -> TicketDetail:
    with shop.reading() as session:
        return detail(session, made.ticket.id, shop.context())


def own(shop: Shop, *request: AddField) -> None:
    for one in request:
        shop.do(add_field, one, shop.context(Role.OWNER))


@pytest.mark.parametrize("category", list(ItemCategory))
def test_every_kind_of_goods_is_asked_something_in_both_languages(category: ItemCategory) -> None:
    for one in fields_for(category):
        assert one.name("en")
        assert any(ord(letter) > 0x2E80 for letter in one.name("zh_CN"))
        assert bool(one.options()) == (one.kind in {ItemFieldKind.CHOICE, ItemFieldKind.YES_NO})
    keys = [one.key for one in fields_for(category)]
    assert len(set(keys)) == len(keys)
    assert accessories_for(category, "zh_CN")
    assert len(set(accessories_for(category, "en"))) == len(accessories_for(category, "en"))


@pytest.mark.parametrize(
    ("category", "key", "typed", "kept"),
    [
        (SUITCASE, "size_inch", " 20 ", "20"),
        (SUITCASE, "size_inch", "２４", "24"),
        (ItemCategory.SHOE, "shoe_size", "37.50", "37.5"),
        (SUITCASE, "shell", "hard", "hard"),
        (SUITCASE, "code_known", "no", "no"),
        (ItemCategory.COSMETIC, "expires_on", "2027-01-31", "2027-01-31"),
        (ItemCategory.COSMETIC, "batch", "A 17", "A 17"),
        (SUITCASE, "wheels", "", ""),
    ],
)
def test_what_fits_is_kept_in_one_form(category: ItemCategory, key: str, typed: str, kept: str) -> None:
    asked = next(one for one in fields_for(category) if one.key == key)
    assert checked_value(asked, typed) == kept


@pytest.mark.parametrize(
    ("category", "key", "typed", "reason"),
    [
        (SUITCASE, "size_inch", "gross", "not_a_number"),
        (SUITCASE, "size_inch", "NaN", "too_large"),
        (SUITCASE, "size_inch", "2", "too_small"),
        (SUITCASE, "size_inch", "1e9", "too_large"),
        (SUITCASE, "size_inch", "20.123", "not_a_number"),
        (SUITCASE, "shell", "wood", "not_a_choice"),
        (ItemCategory.COSMETIC, "expires_on", "soon", "not_a_day"),
        (ItemCategory.COSMETIC, "batch", "x" * 61, "too_long"),
    ],
)
def test_what_does_not_fit_is_refused(category: ItemCategory, key: str, typed: str, reason: str) -> None:
    asked = next(one for one in fields_for(category) if one.key == key)
    with pytest.raises(InvalidFieldError) as refused:
        checked_value(asked, typed)
    assert (refused.value.field, refused.value.reason) == (key, reason)


def test_the_fields_are_kept_with_the_thing_and_there_when_it_comes_again(shop: Shop) -> None:
    zhou = add_zhou(shop)
    facts = ItemFacts(SUITCASE, "旅行箱", values={"size_inch": "24", "shell": "hard", "code_known": "", "size": "x"})
    first = seen(shop, take_in(shop, zhou, facts))
    assert [value for _name, value in first.item_values] == ["24", "hard shell"]
    with shop.reading() as session:
        [row] = [one for one in goods(session, zhou, shop.context()) if one.item_id == first.item_id]
    assert row.values == {"size_inch": "24", "shell": "hard"}
    again = replace(facts, item_id=first.item_id, values={"shell": "", "wheels": "two"})
    second = seen(shop, take_in(shop, zhou, again))
    assert [value for _name, value in second.item_values] == ["24", "two"]


def test_one_wrong_value_leaves_nothing_behind(shop: Shop) -> None:
    zhou = add_zhou(shop)
    with pytest.raises(InvalidFieldError):
        take_in(shop, zhou, ItemFacts(SUITCASE, "旅行箱", values={"size_inch": "999"}))
    with shop.reading() as session:
        assert all(row.item_id is None for row in goods(session, zhou, shop.context()))


@pytest.mark.parametrize(("language", "shell"), [("en", "hard shell"), ("zh_CN", "硬箱")])
def test_the_slip_tells_the_fields_in_its_own_language(shop: Shop, language: str, shell: str) -> None:
    made = take_in(shop, add_zhou(shop), ItemFacts(SUITCASE, "旅行箱", values={"shell": "hard"}), estimate_only=True)
    with shop.reading() as session:
        facts = ticket_papers.service_slip(session, made.ticket.id, shop.context(), language)
    assert [words for _name, words in facts.item.details] == [shell]
    assert facts.estimate_only
    assert seen(shop, made).estimate_only


def test_a_field_of_the_stores_own_is_asked_kept_and_told(shop: Shop) -> None:
    own(shop, AddField(SUITCASE, "内衬颜色", ItemFieldKind.CHOICE, ("黑", "灰", "黑")))
    with shop.reading() as session:
        asked = intake.rules(session, shop.context()).item_fields[SUITCASE][-1]
    assert (asked.name(), [code for _words, code in asked.options()]) == ("内衬颜色", ["黑", "灰"])
    made = take_in(shop, add_zhou(shop), ItemFacts(SUITCASE, "旅行箱", values={asked.key: "灰"}))
    assert ("内衬颜色", "灰") in seen(shop, made).item_values


def test_a_dropped_field_is_not_shown_and_its_key_is_not_given_again(shop: Shop) -> None:
    own(shop, AddField(SUITCASE, "内衬颜色"))
    made = take_in(shop, add_zhou(shop), ItemFacts(SUITCASE, "旅行箱", values={"own1": "灰"}))
    shop.do(drop_field, "own1", shop.context(Role.OWNER))
    assert seen(shop, made).item_values == ()
    own(shop, AddField(SUITCASE, "拉杆节数", ItemFieldKind.NUMBER))
    assert seen(shop, made).item_values == ()


@pytest.mark.parametrize(
    "request_",
    [
        AddField(SUITCASE, " "),
        AddField(SUITCASE, "x" * 25),
        AddField(SUITCASE, "轮子"),
        AddField(SUITCASE, "Wheels"),
        AddField(SUITCASE, "内衬", ItemFieldKind.CHOICE),
        AddField(SUITCASE, "内衬", ItemFieldKind.CHOICE, tuple(map(str, range(13)))),
    ],
)
def test_what_is_no_field_is_refused(shop: Shop, request_: AddField) -> None:
    with pytest.raises((InvalidFieldError, SettingRefusedError)):
        own(shop, request_)


def test_a_kind_of_goods_has_only_so_many_fields_each_with_its_own_name(shop: Shop) -> None:
    own(shop, *(AddField(SUITCASE, f"项目{number}") for number in range(MOST_FIELDS)))
    with pytest.raises(SettingRefusedError):
        own(shop, AddField(SUITCASE, "再一个"))
    with pytest.raises(SettingRefusedError):
        own(shop, AddField(ItemCategory.BAG, "项目"), AddField(ItemCategory.BAG, "项目"))


def test_only_the_owner_changes_what_is_asked(shop: Shop) -> None:
    with pytest.raises(NotAllowedError):
        shop.do(add_field, AddField(SUITCASE, "内衬"), shop.context(Role.CLERK))
    with pytest.raises(NotAllowedError):
        shop.do(drop_field, "own1", shop.context(Role.CLERK))


def test_values_are_told_in_the_order_they_are_asked() -> None:
    values = {"wheels": "four", "size_inch": "20"}
    assert told(fields_for(SUITCASE), values, "zh_CN") == (("尺寸（寸）", "20"), ("轮子", "四轮"))
