"""Phone numbers as clerks, tills and spreadsheets write them."""

import pytest

from crmdesk.core.phone import Phone, PhoneError, PhoneKind, PhoneTrouble, group, mask, normalise, stored

MOBILE = Phone(PhoneKind.MOBILE, "13800138000", "+8613800138000")


@pytest.mark.parametrize(
    "raw",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86 138 0013 8000",
        "0086-13800138000",
        "8613800138000",
        "(+86)13800138000",
        "013800138000",
        "手机：13800138000",
        "'13800138000",
        "138\u200b0013\u202c8000",
        "13800138000.0",
        "1.3800138E+10",
        "1.3800138e10",
        13_800_138_000,
        13_800_138_000.0,
    ],
    ids=repr,
)
def test_every_way_to_write_one_mobile_number_gives_the_same_phone(raw: str | float) -> None:
    assert normalise(raw) == MOBILE


@pytest.mark.parametrize(
    ("raw", "digits", "e164", "extension"),
    [
        ("010-87654321", "01087654321", "+861087654321", ""),
        ("(0571)8765 4321转801", "057187654321", "+8657187654321", "801"),
        ("0571 8765 4321 ext. 801", "057187654321", "+8657187654321", "801"),
        ("0571-8765432-801", "05718765432", "+865718765432", "801"),
        ("+86 10 8765 4321", "01087654321", "+861087654321", ""),
        ("87654321", "87654321", "", ""),
    ],
)
def test_landlines_keep_their_extension(raw: str, digits: str, e164: str, extension: str) -> None:
    assert normalise(raw) == Phone(PhoneKind.LANDLINE, digits, e164, extension)


@pytest.mark.parametrize(
    ("raw", "digits"),
    [("0044 20 7946 0958", "442079460958"), ("+1 212 555 0123", "12125550123"), ("+81-3-1234-5678", "81312345678")],
)
def test_numbers_from_abroad_keep_their_country(raw: str, digits: str) -> None:
    assert normalise(raw) == Phone(PhoneKind.FOREIGN, digits, f"+{digits}")


@pytest.mark.parametrize(
    ("raw", "kind", "digits"),
    [
        ("+852 9876 5432", PhoneKind.HONG_KONG, "85298765432"),
        ("85298765432", PhoneKind.HONG_KONG, "85298765432"),
        ("00852-2345-6789", PhoneKind.HONG_KONG, "85223456789"),
        ("852-9876-5432", PhoneKind.HONG_KONG, "85298765432"),
        ("（853）6612 3456", PhoneKind.MACAU, "85366123456"),
        ("+886 0912-345-678", PhoneKind.TAIWAN, "886912345678"),
        ("0912 345 678", PhoneKind.TAIWAN, "886912345678"),
        ("+886-2-2345-6789", PhoneKind.TAIWAN, "886223456789"),
    ],
)
def test_hong_kong_macau_taiwan(raw: str, kind: PhoneKind, digits: str) -> None:
    assert normalise(raw) == Phone(kind, digits, f"+{digits}")


def test_an_american_number_is_no_mobile_of_the_mainland() -> None:
    american = normalise("+1 310 555 1234")
    assert (american.kind, american.digits, american.e164) == (PhoneKind.FOREIGN, "0013105551234", "+13105551234")
    assert american != normalise("13105551234")


@pytest.mark.parametrize(
    "raw",
    [
        *("13800138000", "010-87654321", "0571-8888 6666转801", "8765 4321-801", "400-820-8820", "95588", "876 5432"),
        *("+852 9876 5432", "+853 6612 3456", "0912345678", "+886 2 2345 6789", "+886 37 123 456"),
        *("+1 310 555 1234", "+44 20 7946 0958", "+7 495 123 45 67", "+971 50 123 4567", "+65 8123 4567"),
    ],
)
def test_what_is_shown_and_what_is_stored_are_read_back_as_the_same_number(raw: str) -> None:
    phone = normalise(raw)
    assert normalise(phone.group()) == phone
    assert stored(phone.digits).digits == phone.digits
    assert phone.digits[-4:] not in phone.mask()[:-4]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", PhoneTrouble.EMPTY),
        (" \u3000", PhoneTrouble.EMPTY),
        ("1.38E+10", PhoneTrouble.DIGITS_LOST),
        ("1.38001E+10", PhoneTrouble.DIGITS_LOST),
        (13800000000.0, PhoneTrouble.DIGITS_LOST),
        ("1380013800", PhoneTrouble.TOO_SHORT),
        ("138001380001", PhoneTrouble.TOO_LONG),
        ("12345678901", PhoneTrouble.UNKNOWN_SHAPE),
        ("无", PhoneTrouble.NOT_A_NUMBER),
        ("微信同号", PhoneTrouble.NOT_A_NUMBER),
        (float("nan"), PhoneTrouble.NOT_A_NUMBER),
        (float("inf"), PhoneTrouble.NOT_A_NUMBER),
        (-13800138000.0, PhoneTrouble.NOT_A_NUMBER),
        ("+852 123 456", PhoneTrouble.UNKNOWN_SHAPE),
        ("+852 1234 5678", PhoneTrouble.UNKNOWN_SHAPE),
        ("9" * 300_000, PhoneTrouble.TOO_LONG),
    ],
)
def test_what_is_no_phone_says_why(raw: str | float, reason: PhoneTrouble) -> None:
    with pytest.raises(PhoneError) as refused:
        normalise(raw)
    assert refused.value.reason is reason


def test_masked_and_grouped() -> None:
    assert mask("13800138000") == "138****8000"
    assert mask("87654321") == "87****21"
    assert group("13800138000") == "138 0013 8000"
    assert group("01087654321") == "010 8765 4321"
    assert group("4008208820") == "400 820 8820"
    assert group("85298765432") == "+852 9876 5432"
    assert group("886912345678") == "+886 912 345 678"
    assert group("0013105551234") == "+1 310 555 1234"
    assert mask("85298765432") == "852****5432"
