"""How Chinese names sound: the readings of each character, with surnames as surnames are read."""

import os
import unicodedata
from functools import lru_cache
from typing import Final

from crmdesk.core.hanzi import simplified
from crmdesk.core.surnames import SINGLE_SURNAMES

# Dictionaries list readings that no name has had for centuries; the likely ones come first.
READINGS_OF_ONE: Final = 3
# Longer names are firms' names; their first character is no surname.
PERSON_LONGEST: Final = 4

Reading = tuple[str, ...]

# Surnames of two characters that do not sound as each of the characters usually does.
_COMPOUND_WORDS: Final = """
尉迟yu,chi 万俟mo,qi 长孙zhang,sun 单于chan,yu 澹台tan,tai 皇甫huang,fu 鲜于xian,yu 呼延hu,yan 宰父zai,fu
谷梁gu,liang 乐正yue,zheng 子车zi,ju 夹谷jia,gu 拓跋tuo,ba 亓官qi,guan 纳兰na,lan 令狐ling,hu 百里bai,li
叶赫ye,he 那拉na,la 贺若he,ruo 濮阳pu,yang 壤驷rang,si 淳于chun,yu
"""
# Families that read their surname in another way than most, and surnames that are in no list of the usual ones
# (Xiandai Hanyu Cidian, entries marked 姓).
_ALSO_WORDS: Final = """
种chong 折she 繁po 员yun 洗xian 祭zhai 石shi 幺yao 句gou 角jue 适kuo 秘bi 佴nai 番pan 呙guo 炅gui 莘shen
相xiang 晟cheng 撖han 蹇jian 会gui 令ling 重chong 朝chao 少shao 传fu 行xing 说yue 参can 伯bo 合he 邪ye
柏bo 盖gai 乐le 覃tan 宓fu 缪mu 翟di 牟mou 郇huan 郗chi 隗wei 郄xi 隽jun 费bi 谌shen 栎li 甯ning 阿e
粘nian 那nuo 尉yu 曲qu 任ren
"""
_COMPOUND: Final[dict[str, tuple[Reading, ...]]] = {
    word[:2]: tuple((part,) for part in word[2:].split(",")) for word in _COMPOUND_WORDS.split()
}
_ALSO: Final[dict[str, str]] = {word[0]: word[1:] for word in _ALSO_WORDS.split()}


def name_readings(name: str) -> list[Reading]:
    """Give for each Chinese character of ``name`` its readings in small letters without tones.

    Surnames at the start have only the readings that they have as surnames (单 shan, 尉迟 yu chi); of other
    characters all likely readings are given. ü is given both as v and as u. Other characters, and those that
    have no known reading, are left out.
    """
    return [choices for choices in readings_by_character(name) if choices]


@lru_cache(maxsize=4096)
def readings_by_character(name: str) -> tuple[Reading, ...]:
    """Give the readings of each character of ``name``, empty where it has none; the first is read as a surname."""
    characters = "".join(simplified(character) for character in name)
    pair = _COMPOUND.get(characters[:2])
    if pair is not None:
        return (*pair, *[_of_one(character) for character in characters[2:]])
    return (*[_of_first(characters) for _ in characters[:1]], *[_of_one(character) for character in characters[1:]])


def _of_first(characters: str) -> Reading:
    first = characters[0]
    known = [SINGLE_SURNAMES.get(first, "").lower().replace("ü", "v"), _ALSO.get(first, "")]
    surname = [reading for reading in known if reading] or list(_of_one(first)[:1])
    rest = () if len(characters) <= PERSON_LONGEST else _of_one(first)
    return _with_u([*surname, *rest])


@lru_cache(maxsize=8192)
def _of_one(character: str) -> Reading:
    if character.isascii():
        return ()
    # The dictionary takes a moment to load; nobody pays for it before the first name is written or found. Its list of
    # whole phrases, four times as large, is not needed for names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    marked = str(pinyin_dict.get(ord(character), "")).split(",")
    plain = dict.fromkeys(_without_tone(reading) for reading in marked if reading)
    return _with_u([reading for reading in plain if reading.isascii() and reading.isalpha()][:READINGS_OF_ONE])


def _with_u(readings: list[str]) -> Reading:
    return tuple(dict.fromkeys([*readings, *(reading.replace("v", "u") for reading in readings)]))


def _without_tone(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    umlaut = parts.replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(part for part in umlaut if not unicodedata.combining(part))
