"""How Chinese names sound: the readings of each character, with surnames as surnames are read."""

import os
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from crmdesk.core.hanzi import simplified
from crmdesk.core.search_match import Sounds
from crmdesk.core.surnames import SINGLE_SURNAMES

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
    """Give for each Chinese character of ``name`` its readings in small letters without tones, the likeliest first.

    A surname is first read as surnames are (单 shan, 尉迟 yu chi), then in the way the character is usually read; of
    other characters all readings are given. ü is given both as v and as u. Other characters, and those that have
    no known reading, are left out.
    """
    return [choices for choices in readings_by_character(name) if choices]


@lru_cache(maxsize=4096)
def readings_by_character(name: str) -> tuple[Reading, ...]:
    """Give the readings of each character of ``name``, empty where it has none; the first is read as a surname."""
    plain = "".join([simplified(character) for character in name])
    pair = _COMPOUND.get(plain[:2])
    if pair is not None:
        known = [_merged(surname, _of_one(character)[:1]) for surname, character in zip(pair, name, strict=False)]
        return (*known, *[_of_one(character) for character in name[2:]])
    return (*[_of_first(plain[0], name) for _ in name[:1]], *[_of_one(character) for character in name[1:]])


def surname_readings(name: str) -> int:
    """Count the readings of the first character of ``name`` that surnames have; those behind them are a guess."""
    plain = "".join([simplified(character) for character in name[:2]])
    if plain in _COMPOUND:
        return len(_with_u(_COMPOUND[plain][0]))
    return len(_as_surname(plain[:1])) or 1


@lru_cache(maxsize=4096)
def initials_of(name: str) -> str:
    """Give the first letters of the likeliest readings of ``name``; characters without sound have none."""
    return "".join([choices[0][0] for choices in readings_by_character(name) if choices])


def _of_first(plain: str, name: str) -> Reading:
    surname, all_readings = _as_surname(plain), _of_one(name[0])
    return _merged(surname, all_readings[:1] if surname and len(name) <= PERSON_LONGEST else all_readings)


@lru_cache(maxsize=2048)
def _as_surname(plain: str) -> Reading:
    known = [SINGLE_SURNAMES.get(plain, "").lower().replace("ü", "v"), _ALSO.get(plain, "")]
    return _with_u([reading for reading in known if reading])


def _merged(first: Reading, more: Reading) -> Reading:
    return tuple(dict.fromkeys((*_with_u(first), *_with_u(more))))


@lru_cache(maxsize=8192)
def _of_one(character: str) -> Reading:
    """Give all readings of a character, and of its simplified form, which may have others."""
    if character.isascii():
        return ()
    # The dictionary takes a moment to load; nobody pays for it before the first name is written or found. Its list of
    # whole phrases, four times as large, is not needed for names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    forms = dict.fromkeys((character, simplified(character)))
    marked = [reading for form in forms for reading in str(pinyin_dict.get(ord(form), "")).split(",")]
    plain = dict.fromkeys(_without_tone(reading) for reading in marked if reading)
    return _with_u([reading for reading in plain if reading.isascii() and reading.isalpha()])


def _with_u(readings: Sequence[str]) -> Reading:
    return tuple(dict.fromkeys([*readings, *(reading.replace("v", "u") for reading in readings)]))


def _without_tone(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading)
    umlaut = parts.replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(part for part in umlaut if not unicodedata.combining(part))


SOUNDS: Final = Sounds(readings_by_character, surname_readings, initials_of)
