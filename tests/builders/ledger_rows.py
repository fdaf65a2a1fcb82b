"""Rows of a test store put down directly, on exactly the days that a figure is about."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from crmdesk.core.birthday import Birthday
from crmdesk.core.care import CallbackReason, CallbackState, CallOutcome, Channel
from crmdesk.core.loaners import LoanerState, LoanState
from crmdesk.core.members import MemberState, TouchpointState
from crmdesk.core.money import Money
from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind, TicketState
from crmdesk.db.base import Base
from crmdesk.models.audit import AuditEntry
from crmdesk.models.callback import Callback, Contact
from crmdesk.models.item import Item
from crmdesk.models.loan import Loan
from crmdesk.models.loaner import Loaner
from crmdesk.models.member import Member, MemberPhone, Touchpoint
from crmdesk.models.purchase import Purchase
from crmdesk.models.ticket import Ticket, TicketFault
from tests.builders.shop import STORE_ID, Shop, staff_id

ZONE = ZoneInfo("Asia/Shanghai")
CLERK = staff_id(Role.CLERK)


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """Give a moment of the store's day."""
    return datetime.combine(day, time(hour, minute), ZONE)


def _moment(day: date | datetime | None) -> datetime | None:
    return day if day is None or isinstance(day, datetime) else at(day)


@dataclass
class Rows:
    """Puts rows into a store, each write on the disk at once."""

    shop: Shop
    _count: "count[int]" = field(default_factory=lambda: count(1))

    def _add(self, *rows: Base) -> int:
        with self.shop.database.transaction() as session:
            for row in rows:
                session.add(row)
                session.flush()
        return int(rows[0].id)  # type: ignore[attr-defined] # every table has one

    def member(self, joined: date = date(2024, 1, 1), birthday: Birthday | None = None, **more: object) -> int:
        """Add a member; her phone is a real one."""
        number = next(self._count)
        digits = f"1380571{number:04d}"
        born = {}
        if birthday is not None:
            parts = ("calendar", "year", "month", "day")
            born = {f"birthday_{part}": getattr(birthday, part) for part in parts}
        plain: dict[str, Any] = {"state": MemberState.ACTIVE, "name": f"会员{number}", "number": f"M01{number:05d}"}
        made = Member(store_id=STORE_ID, joined_on=joined, **(plain | born | more))
        made.phones.append(MemberPhone(store_id=STORE_ID, digits=digits, tail=digits[-4:]))
        return self._add(made)

    def members(self, count: int) -> list[int]:
        """Add many members in one go, with nothing but numbers."""
        made = [
            Member(store_id=STORE_ID, number=f"M01{next(self._count):05d}", name="会员", joined_on=date(1997, 1, 1))
            for _ in range(count)
        ]
        with self.shop.database.transaction() as session:
            session.add_all(made)
        return [one.id for one in made]

    def receipt(self, member: int | None, day: date, fen: int, pieces: int = 1) -> int:
        """Add a receipt; below zero it is a return."""
        number = f"P{next(self._count)}"
        return self._add(
            Purchase(store_id=STORE_ID, number=number, member_id=member, day=day, pieces=pieces, net=Money(fen))
        )

    def receipts(self, lines: Iterable[tuple[int | None, date, int]]) -> None:
        """Add many receipts in one go."""
        with self.shop.database.transaction() as session:
            session.add_all(
                Purchase(
                    store_id=STORE_ID,
                    number=f"P{next(self._count)}",
                    member_id=member,
                    day=day,
                    pieces=1 if fen >= 0 else -1,
                    net=Money(fen),
                )
                for member, day, fen in lines
            )

    def item(self, member: int) -> int:
        """Add somebody's suitcase."""
        return self._add(Item(store_id=STORE_ID, member_id=member, category=ItemCategory.SUITCASE, name="拉杆箱"))

    def repair(
        self,
        member: int,
        received: date | datetime,
        item: int | None = None,
        faults: tuple[str, ...] = (),
        **more: object,
    ) -> int:
        """Add a repair; days for ``ready_at`` and ``handed_back_at`` become noons."""
        began = _moment(received)
        assert began
        for name in ("ready_at", "handed_back_at"):
            more[name] = _moment(more.get(name))  # type: ignore[arg-type] # a day or a moment
        plain: dict[str, Any] = {"state": TicketState.COLLECTED if more["handed_back_at"] else TicketState.IN_WORK}
        plain |= {"kind": TicketKind.REPAIR, "last_event_at": began}
        ticket = Ticket(
            store_id=STORE_ID,
            home_store_id=STORE_ID,
            number=f"R-{next(self._count)}",
            member_id=member,
            item_id=item,
            received_by_id=CLERK,
            owner_id=CLERK,
            received_at=began,
            **(plain | more),
        )
        ticket.faults.extend(TicketFault(store_id=STORE_ID, ordinal=n, code=code) for n, code in enumerate(faults))
        return self._add(ticket)

    def callback(self, member: int, start: date | datetime, end: date | datetime, **more: object) -> int:
        """Add a callback whose window is ``start`` to ``end``."""
        done = bool(more.get("attempts"))
        plain = {
            "reason": CallbackReason.CADENCE,
            "state": CallbackState.DONE if done else CallbackState.DUE,
            "attempts": 0,
        }
        return self._add(
            Callback(
                store_id=STORE_ID, member_id=member, due_from=_moment(start), due_until=_moment(end), **(plain | more)
            )
        )

    def contact(self, member: int, moment: date | datetime, callback: int | None = None, **more: object) -> int:
        """Add an effective contact."""
        plain = {"outcome": CallOutcome.SATISFIED, "effective": True, "channel": Channel.PHONE}
        return self._add(
            Contact(
                store_id=STORE_ID,
                member_id=member,
                callback_id=callback,
                at=_moment(moment),
                staff_id=CLERK,
                **(plain | more),
            )
        )

    def talk(self, member: int, day: date, **more: object) -> int:
        """Add a callback that was made on its first day, and the contact that it was."""
        plain = {"attempts": 1, "outcome": CallOutcome.SATISFIED}
        key = self.callback(member, at(day, 9), day + timedelta(days=3), **(plain | more))
        self.contact(member, day, key)
        return key

    def touchpoint(self, member: int, channel: Channel, state: TouchpointState, since: date | None) -> None:
        """Add a way to reach somebody."""
        self._add(Touchpoint(store_id=STORE_ID, member_id=member, channel=channel, state=state, since=since))

    def loaner(self, *steps: tuple[date, str], state: LoanerState = LoanerState.ON_SHELF, **more: object) -> int:
        """Add a loaner and the steps that its audit tells: ``register``, then states."""
        number = next(self._count)
        loaner = Loaner(
            store_id=STORE_ID,
            code=f"L-{number:03d}",
            category=ItemCategory.SUITCASE,
            name="拉杆箱",
            value=Money.yuan(999),
            state=state,
            **more,
        )
        key = self._add(loaner)
        for day, act in steps:
            self._step(key, day, act)
        return key

    def _step(self, loaner: int, day: date, act: str) -> None:
        self._add(
            AuditEntry(
                store_id=STORE_ID,
                chain=STORE_ID,
                ordinal=next(self._count) + 1_000_000,
                at=at(day),
                staff_id=CLERK,
                act=f"loaner.{act}",
                entity_kind="loaner",
                entity_id=loaner,
                previous_hash="",
                hash="",
            )
        )

    def loan(
        self,
        loaner: int,
        member: int,
        out: date,
        back: date | None,
        due: date | None = None,
        ticket: int | None = None,
    ) -> int:
        """Add a lending."""
        return self._add(
            Loan(
                store_id=STORE_ID,
                number=f"J-{next(self._count)}",
                loaner_id=loaner,
                ticket_id=ticket,
                member_id=member,
                state=LoanState.OUT if back is None else LoanState.BACK,
                from_day=out,
                due_on=due or out + timedelta(days=14),
                out_at=at(out),
                back_day=back,
                deposit=Money.yuan(300),
                lent_by_id=CLERK,
            )
        )
