"""Names of people: surname, given name, and how to address somebody politely."""

from dataclasses import dataclass
from typing import Final

from crmdesk.core.members import Gender
from crmdesk.core.surnames import COMPOUND_SURNAMES, SINGLE_SURNAMES
from crmdesk.core.text_clean import clean_name

# What clerks write behind a surname instead of a given name, and what it tells about the gender.
_TITLES: Final[dict[str, Gender | None]] = {
    "女士": Gender.FEMALE,
    "小姐": Gender.FEMALE,
    "太太": Gender.FEMALE,
    "夫人": Gender.FEMALE,
    "阿姨": Gender.FEMALE,
    "大姐": Gender.FEMALE,
    "姐": Gender.FEMALE,
    "先生": Gender.MALE,
    "叔叔": Gender.MALE,
    "大哥": Gender.MALE,
    "哥": Gender.MALE,
    "经理": None,
    "老师": None,
    "医生": None,
    "教授": None,
    "主任": None,
    "老板": None,
    "总": None,
}
# Respectful as they stand; the others are replaced by 女士 / 先生.
_KEPT_TITLES: Final = frozenset({"经理", "老师", "医生", "教授", "主任", "总"})
_ENGLISH_TITLES: Final[dict[str, Gender]] = {
    "ms": Gender.FEMALE,
    "mrs": Gender.FEMALE,
    "miss": Gender.FEMALE,
    "mr": Gender.MALE,
}
_CHINESE_FORM: Final = {Gender.FEMALE: "女士", Gender.MALE: "先生", None: "女士/先生"}
_ENGLISH_FORM: Final = {Gender.FEMALE: "Ms", Gender.MALE: "Mr"}
_CJK_BEGINS: Final = "\u2e80"
_MIDDLE_DOT: Final = "·"
_LONGEST_SINGLE_SURNAME_NAME: Final = 3


@dataclass(frozen=True, slots=True)
class SplitName:
    """A name in its parts; `title` is what stands in place of a given name (王总, 李老师)."""

    surname: str
    given: str
    title: str = ""


def split_name(name: str) -> SplitName:
    """Return surname and given name.

    Compound surnames come first (欧阳, 尉迟, 司马…); a name of four characters whose first two are both surnames is
    taken as joined surnames of both parents only when they are no compound (陈李思思 stays 陈 + 李思思). Names
    with a middle dot begin with the given name: the part before the dot is what one is called by.
    """
    plain = clean_name(name)
    if not is_chinese(plain):
        return _split_latin(plain)
    title = title_of(plain)
    body = plain.removesuffix(title)
    if _MIDDLE_DOT in body:
        first, _, rest = body.partition(_MIDDLE_DOT)
        return SplitName(first, rest, title)
    size = _surname_length(body)
    return SplitName(body[:size], body[size:], title)


def surname_of(name: str) -> str:
    """Return the surname alone, empty for an empty name."""
    return split_name(name).surname


def latin_surname(name: str) -> str:
    """Return the surname in Latin letters (`Zhou`, `Shan` for 单), or as it is written when it is not in the table."""
    surname = surname_of(name)
    return COMPOUND_SURNAMES.get(surname) or SINGLE_SURNAMES.get(surname) or surname


def title_of(name: str) -> str:
    """Return the title with which a Chinese name ends (`王总` → `总`), empty when there is none."""
    for title in _TITLES:
        body = name.removesuffix(title)
        if body != name and (body in SINGLE_SURNAMES or body in COMPOUND_SURNAMES or len(title) > 1) and body:
            return title
    return ""


def gender_of_title(name: str) -> Gender | None:
    """Return the gender that the name's own title tells (周女士, Mr Smith), None when it tells none."""
    plain = clean_name(name)
    if is_chinese(plain):
        return _TITLES.get(title_of(plain))
    return _ENGLISH_TITLES.get(plain.split(" ")[0].rstrip(".").lower())


def is_chinese(name: str) -> bool:
    """Tell whether the name begins with a Chinese character."""
    return name[:1] >= _CJK_BEGINS


def address_form(name: str, gender: Gender | None, language: str) -> str:
    """Return how to address somebody in a call or on a paper.

    Chinese: `周女士`, `欧阳先生`; with unknown gender the full name (`周敏`), which is polite on the telephone, or
    `周女士/先生` when only the surname is known. 小姐 is never used. English: `Ms Zhou`, `Mr Ouyang`; with unknown
    gender the full name.

    Args:
        name: as the member's record has it; may be only a surname, or carry a title (王总).
        gender: None when not given; a title in the name (周女士) then decides.
        language: `zh_CN` or `en`; anything beginning with `zh` is Chinese.
    """
    parts = split_name(name)
    if not parts.surname:
        return ""
    known = gender or gender_of_title(name)
    if language.startswith("zh"):
        return _chinese_form(clean_name(name), parts, known)
    return _english_form(clean_name(name), parts, known)


def _chinese_form(name: str, parts: SplitName, gender: Gender | None) -> str:
    if parts.title in _KEPT_TITLES:
        return f"{parts.surname}{parts.title}"
    if gender is None and (parts.given or not is_chinese(name)):
        return name
    return f"{parts.surname}{_CHINESE_FORM[gender]}"


def _english_form(name: str, parts: SplitName, gender: Gender | None) -> str:
    surname = latin_surname(name)
    if gender is not None:
        return f"{_ENGLISH_FORM[gender]} {surname}"
    if parts.title:
        return surname
    return name


def _surname_length(name: str) -> int:
    for size in (4, 3, 2):
        if len(name) >= size and name[:size] in COMPOUND_SURNAMES:
            return size
    if name[:1] in SINGLE_SURNAMES or len(name) <= _LONGEST_SINGLE_SURNAME_NAME:
        return 1 if name else 0
    return len(name)


def _split_latin(name: str) -> SplitName:
    words = name.split(" ")
    title = words[0].rstrip(".")
    if len(words) > 1 and title.lower() in _ENGLISH_TITLES:
        return SplitName(words[-1], " ".join(words[1:-1]), title)
    if "," in name:
        surname, _, given = name.partition(",")
        return SplitName(surname.strip(), given.strip())
    return SplitName(words[-1], " ".join(words[:-1]))
