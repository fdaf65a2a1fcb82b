"""Facts of an owner's workbook of any size, the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from crmdesk.core.workbook_facts import (
    CallbackLine,
    ComplaintLine,
    LoanerLine,
    LoanLine,
    MemberLine,
    OutsideCounts,
    OwnerWorkbookFacts,
    PurchaseLine,
    RepairLine,
    ReturnLine,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
AS_OF = date(2026, 11, 21)
STORES = ("文三路店", "湖滨店", "城西店")
GUIDES = ("李梅", "陈晓", "吴倩", "赵云", "")
NAMES = ("周建国", "林婉清", "单雪芹", "欧阳晓明", "何雨桐", "尉迟敏", "仇英", "曾国", "𠮷野", "龙䶮")
ITEMS = (
    ("suitcase", "20寸拉杆箱 银色", "wheel broken"),
    ("bag", "手提包 棕色", "zip fault"),
    ("shoe", "皮鞋 黑色", "sole"),
)
CAUSES = ("product",) * 9 + ("process",) * 4 + ("service_attitude",) * 3 + ("delivery", "price", "information")
LEVELS = ("ordinary", "silver", "gold", "diamond")


class Year:
    """Makes the lines of one year; ``scale`` 1 is 20,000 tickets and 100,000 purchases."""

    def __init__(self, scale: float, seed: int = 7) -> None:
        self.scale = scale
        self.random = random.Random(seed)

    def count(self, full: int) -> range:
        return range(max(round(full * self.scale), 1))

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange((AS_OF - FIRST).days + 1))

    def later(self, day: date | None, most: int) -> date | None:
        if day is None:
            return None
        then = day + timedelta(days=self.random.randrange(most + 1))
        return then if then <= AS_OF else None

    def person(self) -> tuple[str, str, str]:
        number = self.random.randrange(9_000)
        return f"M{number:06d}", NAMES[number % len(NAMES)], f"138{number:08d}"

    def repairs(self) -> Iterator[RepairLine]:
        pick = self.random.choice
        for place in self.count(14_000):
            received = self.day()
            category, item, fault = pick(ITEMS)
            sent = self.later(received, 2) if place % 3 == 0 else None
            back = self.later(sent, 9)
            ready = self.later(back if sent else received, 8) if back or not sent else None
            collected = self.later(ready, 6)
            fen = 100 * self.random.randrange(40, 300)
            state = "collected" if collected else "ready" if ready else "at_head_office" if sent else "in_work"
            yield RepairLine(
                f"R-01-{received:%y%m%d}-{place:05d}", pick(STORES), received, *self.person(), category, item, fault,
                pick(("product_fault", "wear", "customer_use")), state, received + timedelta(days=8), sent, back, ready,
                collected, place % 29 == 0, fen, fen // 3, 0, 0, 150,
            )  # fmt: skip

    def complaints(self) -> Iterator[ComplaintLine]:
        pick = self.random.choice
        for place in self.count(2_500):
            received = self.day()
            told = self.later(received, 7)
            yield ComplaintLine(
                f"C-01-{received:%y%m%d}-{place:05d}", pick(STORES), received, *self.person(), "皮衣褪色，洗后发白",
                pick(("low", "medium", "high")), pick(CAUSES), pick(("掉色、染色", "")),
                pick(("refund", "voucher", "apology")),
                100 * self.random.randrange(0, 500), "closed" if told else "investigating",
                received + timedelta(days=place % 2), told, self.later(told, 5), "satisfied" if told else "",
            )  # fmt: skip

    def returns(self) -> Iterator[ReturnLine]:
        pick = self.random.choice
        for place in self.count(3_500):
            received = self.day()
            yield ReturnLine(
                f"T-01-{received:%y%m%d}-{place:05d}", pick(STORES), received, *self.person(), pick(ITEMS)[1],
                pick(("size", "quality", "colour")), pick(("unused", "tried")), pick(("refund", "exchange")), 1,
                29_900, pick((0, 29_900)), "closed",
            )  # fmt: skip

    def loaners(self) -> Iterator[LoanerLine]:
        for place in self.count(300):
            category, item, _fault = ITEMS[place % 3]
            lent = self.random.randrange(20, 250)
            yield LoanerLine(
                f"L-{place:03d}", STORES[place % 3], category, ("small", "medium", "large")[place % 3], item, 39_900,
                ("on_shelf", "lent", "to_inspect")[place % 3], lent // 9, lent, 325 - lent,
            )  # fmt: skip

    def loans(self) -> Iterator[LoanLine]:
        for place in self.count(4_000):
            out = self.day()
            back = self.later(out, 20)
            yield LoanLine(
                f"J-01-{out:%y%m%d}-{place:05d}", f"L-{place % 300:03d}", self.random.choice(STORES), *self.person(),
                f"R-01-{out:%y%m%d}-{place:05d}", out, out + timedelta(days=14), back, 30_000,
                2_000 if place % 17 == 0 else 0, "back" if back else "out",
            )  # fmt: skip

    def callbacks(self) -> Iterator[CallbackLine]:
        pick = self.random.choice
        for place in self.count(20_000):
            start = self.day()
            first = self.later(start, 5) if place % 8 else None
            talked = first is not None and place % 3 != 0
            number, name, _phone = self.person()
            yield CallbackLine(
                start, start + timedelta(days=3), pick(STORES), pick(GUIDES), number, name,
                pick(("after_repair", "cadence", "birthday")), pick(("phone", "wechat")), first, int(first is not None),
                "satisfied" if talked else "no_answer" if first else "", talked,
                (place % 11 != 0) if talked else None, 12_800 if place % 13 == 0 else 0,
            )  # fmt: skip

    def members(self) -> Iterator[MemberLine]:
        for place in self.count(9_000):
            days = max(self.random.randrange(9) - 3, 0)
            last = self.day() if days else date(2025, 3, 1) if place % 3 else None
            yield MemberLine(
                f"M{place:06d}", STORES[place % 3], self.random.choice(GUIDES), NAMES[place % len(NAMES)],
                f"138{place:08d}", LEVELS[min(place % 11, 3)], ("key", "important", "ordinary")[place % 3],
                FIRST + timedelta(days=place % 600 - 300), last, days, days + place % 2 * (days > 0), days * 2,
                days * 45_650, 1 + place % 5 if days else None,
                min(1 + days, 5) if days else None, 1 + place % 4 if days else None,
                days * 400, 5_000 * (place % 4),
            )  # fmt: skip

    def purchases(self) -> Iterator[PurchaseLine]:
        pick = self.random.choice
        for place in self.count(100_000):
            day = self.day()
            number, name, _phone = self.person()
            sign = -1 if place % 23 == 0 else 1
            yield PurchaseLine(
                day, pick(STORES), f"P-01-{day:%y%m%d}-{place:06d}", number, name, pick(GUIDES),
                sign * self.random.randrange(1, 5), sign * self.random.randrange(5_000, 300_000),
            )  # fmt: skip

    def facts(self) -> OwnerWorkbookFacts:
        """Give the facts with fresh streams; read them in the order of the fields."""
        return OwnerWorkbookFacts(
            business="文三路箱包护理",
            first=FIRST,
            last=LAST,
            as_of=AS_OF,
            made_at=datetime(2026, 11, 21, 6, 30, tzinfo=UTC),
            made_by="周敏",
            stores=STORES,
            levels=LEVELS,
            repairs=self.repairs(),
            complaints=self.complaints(),
            returns=self.returns(),
            loaners=self.loaners(),
            loans=self.loans(),
            callbacks=self.callbacks(),
            members=self.members(),
            purchases=self.purchases(),
            outside=OutsideCounts(20_000, 5_400, 900, 610, 8_000, 300, 420, 14_000_000_000),
        )
