"""The store's own fields: made and ordered by the owner, filled in the form, kept when switched off."""

import pytest
from sqlalchemy import select

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.member_words import FieldKind
from crmdesk.core.own_fields import (
    MOST_FIELDS,
    OwnFieldNameTakenError,
    OwnTrouble,
    OwnValueError,
    TooManyOwnFieldsError,
    number_words,
    read_words,
)
from crmdesk.core.roles import Role
from crmdesk.models.own_field import OwnValue
from crmdesk.queries import member_export
from crmdesk.queries.member_files import form_words, member_file
from crmdesk.queries.own_fields import OwnFieldRow, all_fields, own_fields, own_values
from crmdesk.services import own_fields as fields
from crmdesk.services.looks import note_private_look
from crmdesk.services.member_file import SaveMember, save
from crmdesk.services.members import MemberFacts
from crmdesk.services.own_fields import AddOwnField, EditOwnField
from tests.builders.shop import Shop


def add(shop: Shop, name: str, kind: FieldKind = FieldKind.TEXT, **more: object) -> int:
    request = AddOwnField(name, kind, **more)  # type: ignore[arg-type]
    return shop.do(fields.add_field, request, shop.context(Role.OWNER))


def rows(shop: Shop) -> list[OwnFieldRow]:
    with shop.reading() as session:
        return list(all_fields(session, shop.context(Role.OWNER)))


def saved(shop: Shop, own: dict[int, str], role: Role = Role.MANAGER) -> int:
    return shop.do(save, SaveMember(MemberFacts("周敏"), own=own), shop.context(role)).id


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("165", "165", 1_650_000),
        ("１６５．５", "165.5", 1_655_000),
        (" -1,280.50 ", "-1280.5", -12_805_000),
        ("0.00001", "0.00001", 0),
        ("1e3", "1000", 10_000_000),
    ],
)
def test_numbers_as_people_type_them(text: str, words: str, number: int) -> None:
    found = read_words(FieldKind.NUMBER, text)
    assert found is not None
    assert (found.words, found.number) == (words, number)


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        (FieldKind.NUMBER, "很高", OwnTrouble.NUMBER),
        (FieldKind.NUMBER, "NaN", OwnTrouble.NUMBER),
        (FieldKind.NUMBER, "Infinity", OwnTrouble.NUMBER),
        (FieldKind.NUMBER, "1_000", OwnTrouble.NUMBER),
        (FieldKind.NUMBER, "9" * 40, OwnTrouble.TOO_LARGE),
        (FieldKind.NUMBER, "1e999999", OwnTrouble.TOO_LARGE),
        (FieldKind.DATE, "2026-02-30", OwnTrouble.DATE),
        (FieldKind.DATE, "昨天吧", OwnTrouble.DATE),
        (FieldKind.CHOICE, "丙", OwnTrouble.CHOICE),
        (FieldKind.TEXT, "长" * 401, OwnTrouble.TOO_LONG),
    ],
)
def test_what_does_not_fit_says_why(kind: FieldKind, text: str, reason: OwnTrouble) -> None:
    with pytest.raises(OwnValueError) as refused:
        read_words(kind, text, ("甲", "乙"))
    assert refused.value.reason is reason


def test_numbers_are_written_without_needless_zeros() -> None:
    assert [number_words(one) for one in (0, 1, -32_500, 10_000_000)] == ["0", "0.0001", "-3.25", "1000"]


def test_fields_are_made_ordered_and_switched_off_with_their_values(shop: Shop) -> None:
    height, birth = add(shop, "身高", FieldKind.NUMBER), add(shop, "领证日", FieldKind.DATE)
    key = saved(shop, {height: "165", birth: "2020-5-20"})
    with shop.database.transaction() as session:
        fields.move_field(session, birth, shop.context(Role.OWNER), by=-1)
        fields.move_field(session, birth, shop.context(Role.OWNER), by=-1)
        fields.turn_field(session, height, shop.context(Role.OWNER), active=False)
    assert [(one.name, one.active, one.used) for one in rows(shop)] == [("领证日", True, 1), ("身高", False, 1)]
    with shop.reading() as session:
        assert [one.words for one in own_values(session, key, private=False)] == ["2020-05-20"]
        assert [one.id for one in own_fields(session, shop.context())] == [birth]
        kept = session.scalars(select(OwnValue).where(OwnValue.field_id == height)).one()
        assert (kept.words, kept.number) == ("165", 1_650_000)


def test_two_owners_and_bad_names(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    key = add(shop, "星座", FieldKind.CHOICE, choices=("双鱼", " 双鱼 ", "白羊", ""))
    (row,) = rows(shop)
    assert row.choices == ("双鱼", "白羊")
    shop.do(fields.edit_field, EditOwnField(key, row.version, "星座", ("双鱼",)), owner)
    with pytest.raises(StaleError):
        shop.do(fields.edit_field, EditOwnField(key, row.version, "属相", ("鼠",)), owner)
    with pytest.raises(OwnFieldNameTakenError):
        add(shop, " 星座\u200b")
    for request in (AddOwnField(""), AddOwnField("x" * 121), AddOwnField("空", FieldKind.CHOICE)):
        with pytest.raises(InvalidFieldError):
            shop.do(fields.add_field, request, owner)
    with pytest.raises(NotAllowedError):
        shop.do(fields.add_field, AddOwnField("x"), shop.context(Role.MANAGER))
    for place in range(MOST_FIELDS - 1):
        add(shop, f"f{place}")
    with pytest.raises(TooManyOwnFieldsError):
        add(shop, "too many")


def test_a_choice_that_is_gone_stays_with_who_has_it(shop: Shop) -> None:
    key = add(shop, "星座", FieldKind.CHOICE, choices=("双鱼", "白羊"))
    member = saved(shop, {key: "白羊"})
    (row,) = rows(shop)
    shop.do(fields.edit_field, EditOwnField(key, row.version, "星座", ("双鱼",)), shop.context(Role.OWNER))
    with shop.reading() as session:
        version = member_file(session, member, shop.context(Role.MANAGER)).version
    again = SaveMember(MemberFacts("周敏"), member, version, own={key: "白羊"})
    shop.do(save, again, shop.context(Role.MANAGER))
    with pytest.raises(OwnValueError):
        saved(shop, {key: "白羊"})


def test_required_and_private(shop: Shop) -> None:
    must, secret = add(shop, "身高", required=True), add(shop, "病史", private=True)
    with pytest.raises(OwnValueError) as refused:
        saved(shop, {must: " "})
    assert (refused.value.reason, refused.value.name) == (OwnTrouble.MISSING, "身高")
    with pytest.raises(NotAllowedError):
        saved(shop, {must: "1", secret: "x"}, Role.CLERK)
    key = saved(shop, {must: "1", secret: "对镍过敏"})
    with shop.reading() as session:
        assert [one.name for one in form_words(session, shop.context(Role.CLERK)).own] == ["身高"]
        assert member_file(session, key, shop.context(Role.MANAGER)).own == {must: "1"}
    seen = shop.do(note_private_look, key, shop.context(Role.MANAGER))
    assert [one.words for one in seen.own] == ["对镍过敏"]
    with pytest.raises(OwnValueError):
        shop.do(save, SaveMember(MemberFacts("x"), own={must: "1", add(shop, "照", FieldKind.PICTURE): "no.jpg"}),
                shop.context(Role.MANAGER))  # fmt: skip


def test_the_list_that_leaves_has_all_fields_by_role(shop: Shop) -> None:
    open_, secret = add(shop, "身高", FieldKind.NUMBER), add(shop, "病史", private=True)
    saved(shop, {open_: "165.5", secret: "对镍过敏"})
    with shop.reading() as session:
        context = shop.context(Role.MANAGER)
        titles = [one.title for one in member_export.columns(session, context)]
        (line,) = member_export.lines(session, context)
    assert len(titles) == len(line)
    shown = dict(zip(titles, line, strict=True))
    assert (shown["身高"], shown["病史"]) == (165.5, "对镍过敏")
