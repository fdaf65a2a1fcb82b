"""Files as they come from other programs: lists of members and of a till's receipts, with everything that is usual."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from openpyxl import Workbook

from crmdesk.demo.words import COLOURS, GOODS, MEN, SMALL_GOODS, SURNAMES, WOMEN, Goods

_HEAD: Final = ("会员姓名", "手机号(必填)", "性别", "出生日期", "会员等级", "积分", "地址", "开卡日期", "导购", "备注")
_TILL_HEAD: Final = (
    "小票号",
    "销售日期",
    "会员手机",
    "款号",
    "品名",
    "品类",
    "颜色",
    "数量",
    "单价",
    "实收金额",
    "导购",
)
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_LEVELS: Final = ("普通", "银卡", "金卡")


def write_gbk_list(path: Path, rng: Random, known_phone: str) -> Path:
    """Write a member list as old Chinese programs do: GBK, dates in words, phones in all shapes, a blank line."""
    rows = [_member(rng, index) for index in range(24)]
    rows[3][1] = rows[3][1].translate(_FULL_WIDTH)
    rows[5][1] = f"{rows[5][1][:3]} {rows[5][1][3:7]} {rows[5][1][7:]}"
    rows[7][1] = f"+86{rows[7][1]}"
    rows[9][3] = "2026年13月5日"
    rows[11][1] = "1.38E+10"
    rows[13] = ["", "13712340001", "女", "", "普通", "0", "", "", "", "没有姓名"]
    rows[15][1] = "12345"
    rows[17] = [""] * len(_HEAD)
    rows.append(list(rows[2]))  # the same person twice in one file
    rows.append(["周建国", known_phone, "男", "", "金卡", "", "杭州市文三路 128 号 3 幢", "", "", "新地址"])
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([_HEAD, *rows])
    return path


def write_ugly_workbook(path: Path, rng: Random, first: int = 100) -> Path:
    """Write a member list as people keep it in Excel: a merged title, phones as numbers, dates in all shapes."""
    book = Workbook()
    sheet = book.active
    if sheet is None:
        raise TypeError
    sheet.title = "会员"
    sheet.append(["文三路店 会员登记表（2025 年起）"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=7)
    sheet.append(["姓 名", "联系电话", "性别", "生日", "等级", "导购", "备注"])
    for index in range(16):
        name, phone, gender, _born, level, *_rest = _member(rng, first + index)
        born = date(1970 + rng.randint(0, 30), rng.randint(1, 12), rng.randint(1, 28))
        shapes: tuple[object, ...] = (
            f"{born:%Y.%m.%d}",
            f"{born.year}年{born.month}月{born.day}日",
            _serial(born),
            born,
        )
        number = float(phone) if index % 2 else phone
        sheet.append([f" {name} ", number, gender, shapes[index % 4], level, rng.choice(("林婉", "吴晓")), ""])
    sheet.append([None] * 7)
    sheet.append(["李未完", "1380571", "女", None, "普通", "", "号码少了几位"])
    sheet.append(["王日期", 13905719999, "男", "昨天", "普通", "", ""])
    sheet.append(["合计", None, None, None, 18, None, None])
    book.save(path)
    return path


def _serial(day: date) -> int:
    """Give a day as Excel counts it."""
    return (day - date(1899, 12, 30)).days


def write_small_list(path: Path, rng: Random) -> Path:
    """Write three members that turn out to belong to another store: their import is undone."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_HEAD[:3], *(_member(rng, 200 + index)[:3] for index in range(3))])
    return path


def write_till_list(path: Path, rng: Random, phones: list[str], last_day: date) -> Path:
    """Write the receipts of the last days as a till exports them: several lines a receipt, one that came back."""
    rows: list[list[str]] = []
    for index, phone in enumerate(phones):
        day = last_day - timedelta(days=rng.randint(0, 6))
        number = f"POS{day:%y%m%d}{index:04d}"
        pieces = [rng.choice(GOODS), *rng.sample(SMALL_GOODS, rng.choice((0, 1, 1)))]
        rows += [_sold(number, day, phone, goods, rng.choice(COLOURS), 1) for goods in pieces]
    back = rng.choice(GOODS)
    rows.append(_sold(f"POS{last_day:%y%m%d}9001", last_day, phones[0], back, rng.choice(COLOURS), -1))
    rows.append(["POS-BAD", "不是日期", "", "", "丝巾", "", "", "1", "268", "268", ""])
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_TILL_HEAD, *rows])
    return path


def phone_of(index: int) -> str:
    """Give the phone of a made-up person of these lists."""
    return f"135{7000 + index:04d}{index * 3571 % 10000:04d}"


def _member(rng: Random, index: int) -> list[str]:
    female = rng.random() < 0.6  # noqa: PLR2004 - more women than men, as in the store
    name = rng.choice(SURNAMES) + rng.choice(WOMEN if female else MEN)
    born = f"{rng.randint(1965, 2003)}.{rng.randint(1, 12)}.{rng.randint(1, 28)}"
    joined = datetime(2025, rng.randint(1, 10), rng.randint(1, 28)).strftime("%Y/%m/%d")  # noqa: DTZ001 - as written
    phone = phone_of(index)
    level, points = rng.choice(_LEVELS), str(rng.randint(0, 3000))
    guide = rng.choice(("林婉", "吴晓"))
    return [name, phone, "女" if female else "男", born, level, points, "", joined, guide, ""]


def _sold(number: str, day: date, phone: str, goods: Goods, colour: str, pieces: int) -> list[str]:
    price = goods.yuan
    paid = f"{price * pieces:.2f}"
    line = [number, f"{day:%Y-%m-%d}", phone, goods.style, goods.name, goods.category.value, colour]
    return [*line, str(pieces), f"{price:.2f}", paid, "林婉"]
