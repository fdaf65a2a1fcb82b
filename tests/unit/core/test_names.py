"""Surnames and polite forms."""

import pytest

from crmdesk.core.members import Gender
from crmdesk.core.names import SplitName, address_form, gender_of_title, latin_surname, split_name, surname_of


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("周敏", "周", "敏"),
        ("周 敏", "周", "敏"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("尉迟恭", "尉迟", "恭"),
        ("司马光", "司马", "光"),
        ("单于雪", "单于", "雪"),
        ("单雄信", "单", "雄信"),
        ("诸葛", "诸葛", ""),
        ("爱新觉罗启星", "爱新觉罗", "启星"),
        ("陈李思思", "陈", "李思思"),
        ("𠮷田", "𠮷", "田"),
        ("㛃敏", "㛃", "敏"),
        ("艾合买提·买买提", "艾合买提", "买买提"),
        ("周", "周", ""),
        ("Anna Smith", "Smith", "Anna"),
        ("Smith, Anna", "Smith", "Anna"),
        ("Anna", "Anna", ""),
        ("", "", ""),
    ],
)
def test_surname_and_given_name(name: str, surname: str, given: str) -> None:
    assert split_name(name) == SplitName(surname, given)
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("周敏", "Zhou"),
        ("单雄信", "Shan"),
        ("仇英", "Qiu"),
        ("曾子", "Zeng"),
        ("解缙", "Xie"),
        ("查良镛", "Zha"),
        ("尉迟恭", "Yuchi"),
        ("万俟卨", "Moqi"),
        ("吕布", "Lü"),
        ("䶮某", "䶮"),
    ],
)
def test_surname_in_latin_letters(name: str, latin: str) -> None:
    assert latin_surname(name) == latin


@pytest.mark.parametrize(
    ("name", "gender", "chinese", "english"),
    [
        ("周敏", Gender.FEMALE, "周女士", "Ms Zhou"),
        ("周敏", Gender.MALE, "周先生", "Mr Zhou"),
        ("周敏", None, "周敏", "周敏"),
        ("周", None, "周女士/先生", "周"),
        ("周小姐", None, "周女士", "Ms Zhou"),
        ("周先生", None, "周先生", "Mr Zhou"),
        ("张姐", None, "张女士", "Ms Zhang"),
        ("王总", None, "王总", "Wang"),
        ("欧阳老师", Gender.MALE, "欧阳老师", "Mr Ouyang"),
        ("欧阳娜娜", Gender.FEMALE, "欧阳女士", "Ms Ouyang"),
        ("Anna Smith", Gender.FEMALE, "Smith女士", "Ms Smith"),
        ("Mr Smith", None, "Smith先生", "Mr Smith"),
        ("Anna Smith", None, "Anna Smith", "Anna Smith"),
        ("", None, "", ""),
    ],
)
def test_polite_form(name: str, gender: Gender | None, chinese: str, english: str) -> None:
    assert address_form(name, gender, "zh_CN") == chinese
    assert address_form(name, gender, "en") == english


def test_title_is_no_part_of_a_full_name() -> None:
    assert split_name("王总裁").given == "总裁"
    assert split_name("马哥白").title == ""
    assert gender_of_title("李雪姐") is None
