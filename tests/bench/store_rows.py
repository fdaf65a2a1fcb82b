"""The rows of the bench store, table by table, from one seed: raw values in the order of the named columns."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from crmdesk.core.ids import smallest_id_at
from crmdesk.core.numbers import day_number, running_number
from tests.bench.people import names, phones

LAST_DAY = date(2026, 11, 20)
MEMBER_DAYS = 3650
BUSY_DAYS = 1000
STORES = (("01", "文三路店"), ("02", "湖滨店"), ("03", "万象城店"))
FIRST_STORE, FIRST_STAFF, STAFF_PER_STORE = 101, 201, 6
LINES_PER_MEMBER, LINES_PER_PURCHASE = 3, (1, 1, 1, 2, 2, 3)
MEMBERS_PER_TICKET = 5
GOODS = (
    ("拉杆箱 20 寸", "suitcase", 59900), ("拉杆箱 24 寸", "suitcase", 79900), ("拉杆箱 28 寸", "suitcase", 99900),
    ("单肩包", "bag", 45900), ("双肩包", "bag", 39900), ("手提包", "bag", 88000), ("羊毛大衣", "jacket", 128000),
    ("风衣", "jacket", 69900), ("皮夹克", "jacket", 156000), ("西裤", "trousers", 36900), ("牛仔裤", "trousers", 29900),
    ("皮鞋", "shoe", 59900), ("运动鞋", "shoe", 49900), ("口红", "cosmetic", 21900), ("面霜", "cosmetic", 38000),
    ("皮带", "other", 19900),
)  # fmt: skip
COLOURS = ("黑色", "银色", "藏青", "米白", "酒红", "驼色")
SUBJECTS = ("轮子断", "拉杆卡住", "拉链坏", "掉色", "开线", "五金生锈", "鞋底开胶", "服务态度", "尺码不合", "价格争议")
TIERS = ("ordinary",) * 13 + ("silver",) * 4 + ("gold",) * 2 + ("diamond",)
REASONS = ("cadence", "after_purchase", "after_repair", "birthday", "dormant")
OUTCOMES = ("satisfied", "neutral", "no_answer", "busy", "satisfied")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything a store of ``members`` has."""

    members: int
    seed: int = 7

    @property
    def lines(self) -> int:
        """Give the purchase lines: three per member."""
        return self.members * LINES_PER_MEMBER

    @property
    def tickets(self) -> int:
        """Give the tickets: one for five members."""
        return self.members // MEMBERS_PER_TICKET

    @property
    def callbacks(self) -> int:
        """Give the callbacks: one per member."""
        return self.members

    def source(self, part: str) -> random.Random:
        """Give the randomness of one part, the same in every run."""
        return random.Random(f"{self.seed}/{part}")


def member_ids(plan: Plan) -> list[int]:
    """Give the members' keys: rising, evenly over ten years."""
    return _ids(plan, "member", plan.members, MEMBER_DAYS)


def _ids(plan: Plan, part: str, count: int, days: int) -> list[int]:
    source = plan.source(f"{part}/id")
    end = int(datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 12, tzinfo=UTC).timestamp() * 1000)
    # 41 bits begin in 2020; older members are squeezed behind that day.
    begin = max(end - days * 86_400_000, 1_577_836_800_000 + 1)
    step = (end - begin) / max(count, 1)
    return [smallest_id_at(begin + int(place * step)) + source.getrandbits(22) for place in range(count)]


MEMBER_COLUMNS = (
    "id", "store_id", "number", "name", "gender", "birthday_calendar", "birthday_year", "birthday_month",
    "birthday_day", "tier", "joined_on", "guide_id",
)  # fmt: skip


def member_rows(plan: Plan, ids: list[int]) -> Iterator[tuple[object, ...]]:
    """Yield the members, all of the first store: its list is the longest that there is."""
    source, store = plan.source("member"), 0
    for place, (key, name) in enumerate(zip(ids, names(plan.seed, plan.members), strict=True)):
        born = source.random() < 0.8
        yield (
            key, FIRST_STORE + store, running_number("M", STORES[store][0], place + 1, 7), name,
            ("female", "female", "male", None)[source.getrandbits(2)],
            ("lunar" if source.random() < 0.1 else "solar") if born else None,
            1955 + source.randrange(50) if born else None, source.randrange(12) + 1 if born else None,
            source.randrange(28) + 1 if born else None, TIERS[source.randrange(20)],
            _day(MEMBER_DAYS - place * MEMBER_DAYS // plan.members), _staff(source, store),
        )  # fmt: skip


PHONE_COLUMNS = ("id", "store_id", "member_id", "digits", "tail")


def phone_rows(plan: Plan, ids: list[int]) -> Iterator[tuple[object, ...]]:
    """Yield one phone per member."""
    for key, digits in zip(ids, phones(plan.seed, plan.members), strict=True):
        yield key + 1, FIRST_STORE, key, digits, digits[-4:]


PURCHASE_COLUMNS = ("id", "store_id", "number", "member_id", "guide_id", "day", "pieces", "net")
LINE_COLUMNS = (
    "id", "store_id", "purchase_id", "ordinal", "style", "name", "category", "colour", "quantity", "unit_price",
    "amount",
)  # fmt: skip


def purchase_rows(plan: Plan, ids: list[int]) -> Iterator[tuple[tuple[object, ...], list[tuple[object, ...]]]]:
    """Yield each purchase with its lines; a few members buy much, most little."""
    source = plan.source("purchase")
    purchases = _ids(plan, "purchase", plan.lines * 6 // 10, BUSY_DAYS)
    for place, key in enumerate(purchases):
        store = place % len(STORES)
        member = ids[int(len(ids) * source.random() ** 2)]
        lines = [_line(source, key, FIRST_STORE + store, n) for n in range(LINES_PER_PURCHASE[source.randrange(6)])]
        net = sum(int(str(line[-1])) for line in lines)
        day = _day(BUSY_DAYS - place * BUSY_DAYS // len(purchases))
        yield (key, FIRST_STORE + store, f"S{place:09d}", member, _staff(source, store), day, len(lines), net), lines


def _line(source: random.Random, purchase: int, store_id: int, ordinal: int) -> tuple[object, ...]:
    place = source.randrange(len(GOODS))
    name, category, price = GOODS[place]
    paid = price * (100 - 5 * source.randrange(5)) // 100
    colour = COLOURS[source.randrange(len(COLOURS))]
    return (
        purchase + 1 + ordinal,
        store_id,
        purchase,
        ordinal,
        f"K{place:03d}",
        name,
        category,
        colour,
        1,
        price,
        paid,
    )


ITEM_COLUMNS = ("id", "store_id", "member_id", "category", "name", "brand", "colour", "price")
TICKET_COLUMNS = (
    "id", "store_id", "home_store_id", "number", "kind", "state", "member_id", "item_id", "subject", "customer_words",
    "goods_place", "received_by_id", "owner_id", "received_at", "promised_on", "ready_at", "handed_back_at",
    "closed_at", "last_event_at",
)  # fmt: skip
EVENT_COLUMNS = ("id", "store_id", "ticket_id", "at", "staff_id", "act", "state")
KINDS = ("repair",) * 7 + ("complaint", "return", "repair")
LETTERS = {"repair": "R", "complaint": "C", "return": "T"}
OPEN_TICKETS = 300


@dataclass(frozen=True, slots=True)
class _Case:
    key: int
    member: int
    kind: str
    day: date
    number: str
    store: int
    open: bool


def ticket_rows(plan: Plan, ids: list[int]) -> Iterator[tuple[tuple[object, ...], ...]]:
    """Yield item, ticket and its two events; the newest few hundred are still open."""
    source = plan.source("ticket")
    keys = _ids(plan, "ticket", plan.tickets, BUSY_DAYS)
    counts: dict[tuple[str, str, date], int] = {}
    for place, key in enumerate(keys):
        store = place % len(STORES)
        kind, day = KINDS[source.randrange(10)], _date(BUSY_DAYS - place * BUSY_DAYS // len(keys))
        series = (LETTERS[kind], STORES[store][0], day)
        counts[series] = counts.get(series, 0) + 1
        number, is_open = day_number(*series, counts[series]), place >= len(keys) - OPEN_TICKETS
        yield _ticket(source, _Case(key, ids[source.randrange(len(ids))], kind, day, number, store, is_open))


def _ticket(source: random.Random, case: _Case) -> tuple[tuple[object, ...], ...]:
    key, member, kind, day, number, store = case.key, case.member, case.kind, case.day, case.number, case.store
    name, category, price = GOODS[source.randrange(len(GOODS))]
    store_id, staff = FIRST_STORE + store, _staff(source, store)
    received = _moment(day, source)
    back = None if case.open else _moment(day + timedelta(days=source.randrange(20)), source)
    subject = f"{name} {SUBJECTS[source.randrange(len(SUBJECTS))]}"
    item = (key + 1, store_id, member, category, name, "Aurora", COLOURS[source.randrange(len(COLOURS))], price)
    ticket = (
        key, store_id, store_id, number, kind, "received" if case.open else "closed", member, key + 1, subject,
        f"顾客说{subject}，希望尽快修好。", "shelf" if case.open else "customer", staff, staff, received,
        (day + timedelta(days=7)).isoformat(), back, back, back, back or received,
    )  # fmt: skip
    taken_in = (key + 2, store_id, key, received, staff, "taken_in", "received")
    last = ("collected", "closed") if back else ("noted", "received")
    return item, ticket, taken_in, (key + 3, store_id, key, back or received, staff, *last)


CALLBACK_COLUMNS = (
    "id", "store_id", "member_id", "reason", "state", "due_from", "due_until", "owner_id", "attempts", "outcome",
    "done_at",
)  # fmt: skip
DUE_CALLBACKS = 2000


def callback_rows(plan: Plan, ids: list[int]) -> Iterator[tuple[object, ...]]:
    """Yield the callbacks; the newest two thousand are still to be made."""
    source = plan.source("callback")
    keys = _ids(plan, "callback", plan.callbacks, BUSY_DAYS)
    for place, key in enumerate(keys):
        store, due = place % len(STORES), place >= len(keys) - DUE_CALLBACKS
        day = _date(BUSY_DAYS - place * BUSY_DAYS // len(keys))
        begin, end = _moment(day, source), _moment(day + timedelta(days=3), source)
        yield (
            key, FIRST_STORE + store, ids[source.randrange(len(ids))], REASONS[source.randrange(len(REASONS))],
            "due" if due else "done", begin, end, _staff(source, store), 0 if due else 1,
            None if due else OUTCOMES[source.randrange(len(OUTCOMES))], None if due else end,
        )  # fmt: skip


@cache
def _date(days_back: int) -> date:
    return LAST_DAY - timedelta(days=days_back)


@cache
def _day(days_back: int) -> str:
    return _date(days_back).isoformat()


def _moment(day: date, source: random.Random) -> str:
    return f"{day.isoformat()} {1 + source.randrange(11):02d}:{source.randrange(60):02d}:00.000000"


def _staff(source: random.Random, store: int) -> int:
    return FIRST_STAFF + store * STAFF_PER_STORE + source.randrange(STAFF_PER_STORE)
