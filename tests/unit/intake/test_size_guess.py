"""The size class that the words of a till tell."""

import pytest

from crmdesk.core.loaners import SizeClass
from crmdesk.core.size_guess import size_class_of
from crmdesk.core.tickets import ItemCategory


@pytest.mark.parametrize(
    ("size", "name", "wanted"),
    [
        ("20寸", "", SizeClass.SMALL),
        ("", "拉杆箱 24 寸 银色", SizeClass.MEDIUM),
        ('28"', "", SizeClass.LARGE),
        ("26inch", "", SizeClass.LARGE),
        ("20", "", SizeClass.SMALL),
        ("", "2026款 拉杆箱", SizeClass.ONE_SIZE),
        ("", "", SizeClass.ONE_SIZE),
    ],
)
def test_suitcases_are_small_medium_or_large(size: str, name: str, wanted: SizeClass) -> None:
    assert size_class_of(ItemCategory.SUITCASE, size, name) is wanted


def test_other_goods_have_one_size() -> None:
    assert size_class_of(ItemCategory.SHOE, "28") is SizeClass.ONE_SIZE
