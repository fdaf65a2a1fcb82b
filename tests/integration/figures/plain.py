"""The figures of domain rule 4 once more: plain Python over raw rows of the file, nothing of the program in it."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

DAY = timedelta(days=1)
# The store is in Hangzhou: always eight hours ahead of UTC since 1991.
AHEAD = timedelta(hours=8)
TALKED = {"satisfied", "neutral", "dissatisfied"}
GONE = {"collected", "posted_back", "scrapped", "turned", "closed", "cancelled"}

Row = dict[str, Any]


def share(part: int, whole: int) -> float | None:
    return float(Fraction(part, whole)) if whole else None


def day_of(moment: str | None) -> date | None:
    return None if moment is None else (datetime.fromisoformat(moment) + AHEAD).date()


def is_leap(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def days_from(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


@dataclass(frozen=True)
class Raw:
    """Rows of the file as text and whole numbers."""

    path: Path

    def rows(self, table: str) -> list[Row]:
        connection = sqlcipher.connect(str(self.path))
        cursor = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - a table's name
        names = [column[0] for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor]
        connection.close()
        return found

    @cached_property
    def purchases(self) -> list[Row]:
        return [row | {"day": date.fromisoformat(row["day"])} for row in self.rows("purchase")]

    @cached_property
    def members(self) -> dict[int, Row]:
        return {row["id"]: row for row in self.rows("member")}

    @cached_property
    def is_member(self) -> set[int]:
        return {key for key, row in self.members.items() if row["state"] == "active"}

    @cached_property
    def repairs(self) -> list[Row]:
        faults = defaultdict(set)
        for row in self.rows("ticket_fault"):
            faults[row["ticket_id"]].add(row["code"])
        return [
            row
            | {
                "received": day_of(row["received_at"]),
                "ready": day_of(row["ready_at"]),
                "collected": day_of(row["handed_back_at"]),
                "promised": row["promised_on"] and date.fromisoformat(row["promised_on"]),
                "faults": faults[row["id"]],
            }
            for row in self.rows("ticket")
            if row["kind"] == "repair"
        ]

    @cached_property
    def loans(self) -> list[Row]:
        return [
            row | {"out": day_of(row["out_at"]), "back": row["back_day"] and date.fromisoformat(row["back_day"])}
            for row in self.rows("loan")
            if row["out_at"] is not None
        ]

    @cached_property
    def contacts(self) -> list[Row]:
        found = [row | {"day": day_of(row["at"])} for row in self.rows("contact")]
        return sorted(found, key=lambda row: (row["at"], row["id"]))

    @cached_property
    def callbacks(self) -> list[Row]:
        return [row for row in self.rows("callback") if row["state"] != "cancelled"]


@dataclass(frozen=True)
class Plain:
    """All figures of one period."""

    raw: Raw
    first: date
    last: date

    def is_inside(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    def sales(self) -> Row:
        inside = [row for row in self.raw.purchases if self.first <= row["day"] <= self.last]
        sold, back = [r for r in inside if r["net"] >= 0], [r for r in inside if r["net"] < 0]
        visits: dict[int, set[date]] = defaultdict(set)
        for row in sold:
            if row["member_id"] in self.raw.is_member:
                visits[row["member_id"]].add(row["day"])
        months: dict[tuple[int, int, int], set[date]] = defaultdict(set)
        for key, days in visits.items():
            for day in days:
                months[key, day.year, day.month].add(day)
        before = [row["net"] for row in self.raw.purchases if self.was_last_year(row["day"])]
        net = sum(row["net"] for row in inside)
        return {
            "net_fen": net,
            "returned_fen": -sum(row["net"] for row in back),
            "return_rate_amount": share(-sum(r["net"] for r in back), sum(r["net"] for r in sold)),
            "return_rate_pieces": share(-sum(r["pieces"] for r in back), sum(r["pieces"] for r in sold)),
            "tickets": len(sold),
            "items_per_ticket": share(sum(r["pieces"] for r in sold), len(sold)),
            "buyers": len(visits),
            "repeat_rate": share(sum(len(days) > 1 for days in visits.values()), len(visits)),
            "two_in_a_month": share(sum(len(days) > 1 for days in months.values()), len(months)),
            "year_on_year": net / sum(before) - 1 if before and sum(before) else None,
        }

    def rfm(self) -> dict[str, Row]:
        """Give the lines of everything up to the last day, as the command writes them, by number."""
        lines = {}
        for key in self.raw.is_member:
            mine = [row for row in self.raw.purchases if row["member_id"] == key and row["day"] <= self.last]
            days = {row["day"] for row in mine if row["net"] >= 0}
            if days:
                mean = Decimal(sum(row["net"] for row in mine)) / sum(row["net"] >= 0 for row in mine) / 100
                number = self.raw.members[key]["number"]
                lines[number] = {
                    "number": number,
                    "recency": str((self.last - max(days)).days),
                    "frequency": str(len(days) - 1),
                    "monetary": str(mean.quantize(Decimal("0.01"), ROUND_HALF_UP)),
                }
        return lines

    def was_last_year(self, day: date) -> bool:
        """Say so by the first day and the one after the last, each a year earlier."""
        after = self.last + DAY
        first = self.first - DAY if is_leap(self.first) else self.first
        begins = first.replace(year=first.year - 1)
        ends = date(after.year - 1, 3, 1) if is_leap(after) else after.replace(year=after.year - 1)
        return begins <= day < ends

    def service(self) -> Row:
        repairs = [row for row in self.raw.repairs if self.first <= row["received"] <= self.last]
        days = [(r["collected"] - r["received"]).days for r in repairs if r["collected"]]
        promised = [r for r in repairs if r["ready"] and r["promised"]]
        lent, shelf = self.loaner_days()
        return {
            "repairs": len(repairs),
            "turnaround_median": statistics.median(days) if days else None,
            "turnaround_p90": ninth_decile(days),
            "on_time": share(sum(r["ready"] <= r["promised"] for r in promised), len(promised)),
            "come_backs": sum(map(self.came_back, repairs)),
            "uncollected": sum(map(self.waits, repairs)),
            "loaner_utilisation": share(lent, lent + shelf),
        }

    def came_back(self, repair: Row) -> bool:
        return repair["item_id"] is not None and any(
            other["item_id"] == repair["item_id"]
            and other["faults"] & repair["faults"]
            and (other["received_at"], other["id"]) < (repair["received_at"], repair["id"])
            and other["collected"]
            and timedelta(0) <= repair["received"] - other["collected"] <= timedelta(days=90)
            for other in self.raw.repairs
        )

    def waits(self, repair: Row) -> bool:
        if repair["ready"] is None or repair["ready"] > self.last:
            return False
        if repair["collected"] is None:
            return repair["state"] not in GONE
        return bool(repair["collected"] > self.last)

    def loaner_days(self) -> tuple[int, int]:
        """Walk through the period day by day and look where every loaner was at closing time."""
        steps = defaultdict(list)
        for row in self.raw.rows("audit_entry"):
            if row["entity_kind"] == "loaner" and row["act"] != "loaner.edit":
                steps[row["entity_id"]].append((row["id"], day_of(row["at"]), row["act"].removeprefix("loaner.")))
        lent = shelf = 0
        for loaner in self.raw.rows("loaner"):
            loans = [loan for loan in self.raw.loans if loan["loaner_id"] == loaner["id"]]
            for today in days_from(self.first, self.last):
                if any(one["out"] <= today and (one["back"] is None or today < one["back"]) for one in loans):
                    lent += 1
                    continue
                so_far = [(key, act) for key, day, act in steps[loaner["id"]] if day and day <= today]
                shelf += bool(so_far) and max(so_far)[1] in {"register", "on_shelf", "reserved"}
        return lent, shelf

    def care(self) -> Row:
        calls = [row for row in self.raw.callbacks if self.is_inside(day_of(row["due_from"]))]
        tried = [row for row in calls if row["attempts"]]
        last_sale: dict[int, date] = {}
        for row in self.raw.purchases:
            if row["member_id"] in self.raw.is_member and row["net"] >= 0 and row["day"] <= self.last:
                last_sale[row["member_id"]] = max(row["day"], last_sale.get(row["member_id"], row["day"]))
        bought = {row["member_id"] for row in self.raw.purchases if row["day"] <= self.last}
        joined = {key: date.fromisoformat(self.raw.members[key]["joined_on"]) for key in self.raw.is_member}
        return {
            "callbacks": len(calls),
            "attempted": len(tried),
            "reach": share(sum(row["outcome"] in TALKED for row in tried), len(tried)),
            "overdue": sum(map(self.is_overdue, calls)),
            "credited_fen": self.credited({row["id"] for row in calls}),
            "members": sum(day <= self.last or key in bought for key, day in joined.items()),
            "new_members": sum(self.first <= day <= self.last for day in joined.values()),
            "ever_bought": len(last_sale),
            "lost": sum(self.last - day > timedelta(days=365) for day in last_sale.values()),
            "file_rate": None,
            "add_rate": None,
            **self.followers(),
        }

    def is_overdue(self, call: Row) -> bool:
        ends = day_of(call["due_until"])
        tries = [one["day"] for one in self.raw.contacts if one["callback_id"] == call["id"]]
        if call["attempts"] and not tries and call["done_at"]:
            tries = [day_of(call["done_at"])]
        assert ends
        return self.last > ends and not any(day and day <= ends for day in tries)

    def credited(self, calls: set[int]) -> int:
        effective = [row for row in self.raw.contacts if row["effective"]]
        total = 0
        for row in self.raw.purchases:
            before = [
                one["callback_id"]
                for one in effective
                if one["member_id"] == row["member_id"] and timedelta(0) <= row["day"] - one["day"] <= 14 * DAY
            ]
            if row["net"] >= 0 and before and before[-1] in calls:
                total += row["net"]
        return total

    def followers(self) -> Row:
        points = [
            row | {"since": date.fromisoformat(row["since"]) if row["since"] else date.min}
            for row in self.raw.rows("touchpoint")
            if row["member_id"] in self.raw.is_member
        ]
        worked = [row for row in points if row["state"] == "active" and row["since"] < self.first]
        gone = [row for row in points if row["state"] != "active" and row["since"] >= self.first]
        new = [row for row in points if row["state"] == "active" and self.first <= row["since"] <= self.last]
        return {
            "new_contacts": sum(row["channel"] in {"wechat", "wecom"} for row in new),
            "birthday_recall": None,
            "follower_loss": share(sum(row["since"] <= self.last for row in gone), len(worked) + len(gone)),
        }


def ninth_decile(values: Iterable[int]) -> float | None:
    """Interpolate between the two nearest ranks, as spreadsheets do."""
    ordered = sorted(values)
    if not ordered:
        return None
    whole, tenths = divmod(9 * (len(ordered) - 1), 10)
    above = ordered[min(whole + 1, len(ordered) - 1)]
    return (
        ordered[whole] + (9 * (len(ordered) - 1) / 10 - whole) * (above - ordered[whole]) if tenths else ordered[whole]
    )
