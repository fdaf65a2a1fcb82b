"""Seeded Chinese people for the bench store: names by how often they occur, and phones."""

import random
from collections.abc import Iterator
from itertools import accumulate

# Share of the population in per mille, after the published ranking of the public security
# ministry's name report; the tail holds compound surnames and surnames with a reading of their own.
SURNAMES: dict[str, float] = {
    "王": 72,
    "李": 71,
    "张": 67,
    "刘": 53,
    "陈": 48,
    "杨": 32,
    "黄": 24,
    "赵": 23,
    "吴": 22,
    "周": 21,
    "徐": 15,
    "孙": 14,
    "马": 13,
    "朱": 13,
    "胡": 12,
    "郭": 12,
    "何": 12,
    "林": 12,
    "罗": 11,
    "高": 11,
    "郑": 9.5,
    "梁": 9.0,
    "谢": 8.0,
    "宋": 7.6,
    "唐": 7.3,
    "许": 7.1,
    "邓": 6.7,
    "冯": 6.6,
    "韩": 6.6,
    "曹": 6.4,
    "曾": 6.0,
    "彭": 5.9,
    "萧": 0.6,
    "肖": 5.6,
    "蔡": 5.5,
    "潘": 5.3,
    "田": 5.1,
    "董": 5.0,
    "袁": 4.9,
    "于": 4.8,
    "余": 4.7,
    "叶": 4.6,
    "蒋": 4.5,
    "杜": 4.4,
    "苏": 4.3,
    "魏": 4.2,
    "程": 4.1,
    "吕": 4.0,
    "丁": 3.9,
    "沈": 3.7,
    "任": 3.6,
    "姚": 3.5,
    "卢": 3.4,
    "傅": 3.2,
    "钟": 3.1,
    "姜": 3.1,
    "崔": 3.0,
    "谭": 2.9,
    "廖": 2.8,
    "范": 2.7,
    "汪": 2.7,
    "陆": 2.6,
    "金": 2.5,
    "石": 2.4,
    "戴": 2.4,
    "贾": 2.3,
    "韦": 2.3,
    "夏": 2.2,
    "邱": 2.2,
    "方": 2.1,
    "侯": 2.1,
    "邹": 2.0,
    "熊": 2.0,
    "孟": 1.9,
    "秦": 1.9,
    "白": 1.8,
    "江": 1.8,
    "阎": 1.7,
    "薛": 1.7,
    "尹": 1.6,
    "段": 1.6,
    "雷": 1.5,
    "黎": 1.4,
    "史": 1.4,
    "龙": 1.3,
    "陶": 1.3,
    "贺": 1.2,
    "顾": 1.2,
    "毛": 1.1,
    "郝": 1.1,
    "龚": 1.0,
    "邵": 1.0,
    "万": 1.0,
    "覃": 0.9,
    "武": 0.9,
    "钱": 0.9,
    "严": 0.8,
    "莫": 0.8,
    "孔": 0.8,
    "向": 0.7,
    "单": 0.4,
    "解": 0.3,
    "查": 0.2,
    "仇": 0.2,
    "朴": 0.2,
    "盖": 0.1,
    "乐": 0.1,
    "区": 0.2,
    "种": 0.02,
    "宓": 0.02,
    "欧阳": 0.9,
    "上官": 0.1,
    "司徒": 0.1,
    "司马": 0.05,
    "诸葛": 0.05,
    "尉迟": 0.02,
    "皇甫": 0.05,
    "夏侯": 0.03,
    "令狐": 0.03,
    "慕容": 0.03,
    "长孙": 0.01,
    "万俟": 0.01,
}
GIVEN: str = (
    "伟芳娜敏静秀英丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玲红梅鑫波辉建国华文志海燕春雪琴云萍荣莉晓玉婷宇浩"
    "子轩梓涵欣怡雨泽思佳俊嘉诗博一宁晨天翔凯悦雅琪慧颖倩雯瑞林峰龙飞鹏斌亮新永福金凤珍爱青山东阳成光"
    "家豪可心语桐沐依诺熙皓宸若曦奕辰铭瑜彤妍洁月馨蕾薇露瑶璐菲然艺乐安康健全庆祥顺和德义仁礼智信忠孝"
    "少长重行曾传朝单盛石舟帆航远达旭东南西北中正世元启承继绍祖宗邦栋梁柏松竹菊莲荷香芝蓉芬芸茜苗英豪"
)
PHONE_HEADS: tuple[str, ...] = (
    "130",
    "131",
    "132",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "155",
    "156",
    "157",
    "158",
    "159",
    "170",
    "173",
    "176",
    "177",
    "178",
    "180",
    "181",
    "182",
    "183",
    "185",
    "186",
    "187",
    "188",
    "189",
    "191",
    "198",
    "199",
)
TWO_CHARACTER_SHARE = 0.86
CHUNK = 10_000


def names(seed: int, count: int) -> Iterator[str]:
    """Yield `count` personal names; the same seed gives the same names."""
    source = random.Random(seed)
    surnames, surname_weights = list(SURNAMES), list(accumulate(SURNAMES.values()))
    # Given-name characters thin out from the first to the last of GIVEN, as real ones do.
    given = list(dict.fromkeys(GIVEN))
    given_weights = list(accumulate(1.0 / (rank + 12) for rank in range(len(given))))
    done = 0
    while done < count:
        size = min(CHUNK, count - done)
        family = source.choices(surnames, cum_weights=surname_weights, k=size)
        first = source.choices(given, cum_weights=given_weights, k=size)
        second = source.choices(given, cum_weights=given_weights, k=size)
        for head, one, two in zip(family, first, second, strict=True):
            yield head + one + (two if source.random() < TWO_CHARACTER_SHARE else "")
        done += size


def phones(seed: int, count: int) -> Iterator[str]:
    """Yield `count` mobile numbers of eleven digits."""
    source = random.Random(seed ^ 0x5EED)
    for _ in range(count):
        yield f"{source.choice(PHONE_HEADS)}{source.randrange(100_000_000):08d}"
