"""Whatever happens, balances are the sums of the lines; nothing changes a line; owed and lots agree."""

import re
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session
from typing_extensions import override

from crmdesk.core.context import Context
from crmdesk.core.ledger_lots import next_expiry
from crmdesk.core.members import LedgerKind, LedgerReason
from crmdesk.core.money import Money
from crmdesk.core.outcome import Outcome
from crmdesk.core.phone import normalise
from crmdesk.core.roles import Role
from crmdesk.models.ledger import LedgerBalance, LedgerEntry
from crmdesk.queries.ledger_lines import lots_of
from crmdesk.services import ledger
from crmdesk.services.ledger import BalanceTooLowError, Post
from crmdesk.services.ledger_balances import recount
from crmdesk.services.ledger_corrections import Forgive, TakeBack, TakenBackError, forgive, take_back
from crmdesk.services.ledger_day import expire_points
from crmdesk.services.ledger_desk import GivePoints, Refund, Spend, TopUp, give_points, refund, spend, top_up
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import open_shop

POINTS = LedgerKind.POINTS
amounts = st.integers(1, 60)


def _recount(session: Session, members: list[int], _context: Context) -> Outcome[None]:
    recount(session, members)
    return Outcome(None)


class Accounts(RuleBasedStateMachine):
    """Two members; everything that moves points and stored value, in any order, over years."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.shop = open_shop(Path(self.folder.name))
        self.changes: list[str] = []
        event.listen(self.shop.database.engine, "before_cursor_execute", self._look)
        who = self.shop.context(Role.MANAGER)
        self.members = [
            self.shop.do(register, MemberFacts(name, (normalise(phone),)), who).id
            for name, phone in (("周敏", "13800138000"), ("何芳", "13800138001"))
        ]

    def _look(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if re.match(r"\s*(UPDATE|DELETE FROM)\s+ledger_entry", statement, re.IGNORECASE):
            self.changes.append(statement)

    def _do(self, service: object, request: object) -> None:
        with suppress(BalanceTooLowError, TakenBackError):
            self.shop.do(service, request, self.shop.context(Role.MANAGER))  # type: ignore[arg-type]

    @rule(who=st.integers(0, 1), points=amounts, years=st.integers(0, 2))
    def buys(self, who: int, points: int, years: int) -> None:
        ends = date(self.shop.context().today().year + years, 12, 31)
        entry = Post(self.members[who], POINTS, LedgerReason.PURCHASE, points, "A", expires_on=ends)
        self.shop.do(lambda session, context: Outcome(ledger.post(session, entry, context)), self.shop.context())

    @rule(who=st.integers(0, 1), points=amounts)
    def brings_back(self, who: int, points: int) -> None:
        claim = Post(self.members[who], POINTS, LedgerReason.RETURN, points, "B")
        write = self.shop.context()
        taken, owed = self.shop.do(lambda session, context: Outcome(ledger.claw_back(session, claim, context)), write)
        assert taken + owed == points

    @rule(who=st.integers(0, 1), points=amounts, fen=amounts)
    def uses(self, who: int, points: int, fen: int) -> None:
        self._do(spend, Spend(self.members[who], Money(fen), points))

    @rule(who=st.integers(0, 1), fen=amounts, bonus=st.integers(0, 12))
    def pays_in(self, who: int, fen: int, bonus: int) -> None:
        self._do(top_up, TopUp(self.members[who], Money(fen), Money(bonus)))

    @rule(who=st.integers(0, 1), fen=amounts)
    def is_paid_out(self, who: int, fen: int) -> None:
        self._do(refund, Refund(self.members[who], Money(fen), "x"))

    @rule(who=st.integers(0, 1), points=amounts)
    def is_given(self, who: int, points: int) -> None:
        self._do(give_points, GivePoints(self.members[who], points, "x"))

    @rule(place=st.integers(0, 200))
    def takes_back(self, place: int) -> None:
        with self.shop.reading() as session:
            keys = list(session.execute(select(LedgerEntry.id).order_by(LedgerEntry.id)).scalars())
        if keys:
            self._do(take_back, TakeBack(keys[place % len(keys)], "x"))

    @rule(who=st.integers(0, 1))
    def is_let_off(self, who: int) -> None:
        self._do(forgive, Forgive(self.members[who], POINTS, "x"))

    @rule(days=st.sampled_from([1, 40, 200, 400]))
    def time_goes_on(self, days: int) -> None:
        self.shop.clock.advance(timedelta(days=days))
        self.shop.do(expire_points, self.shop.context())

    @rule()
    def is_counted_anew(self) -> None:
        self.shop.do(_recount, self.members, self.shop.context())

    @invariant()
    def balances_are_sums(self) -> None:
        if not hasattr(self, "shop"):
            return
        with self.shop.reading() as session:
            sums = {
                (row[0], row[1]): (int(row[2]), int(row[3]))
                for row in session.execute(
                    select(
                        LedgerEntry.member_id,
                        LedgerEntry.kind,
                        func.sum(LedgerEntry.amount),
                        func.sum(LedgerEntry.owed),
                    ).group_by(LedgerEntry.member_id, LedgerEntry.kind)
                )
            }
            kept = {(one.member_id, one.kind): one for one in session.scalars(select(LedgerBalance))}
            assert {key: (one.amount, one.owed) for key, one in kept.items()} == sums
            for (member, kind), one in kept.items():
                assert one.amount >= 0
                assert one.owed >= 0
                lots = lots_of(session, member, kind)
                assert sum(lot.left for lot in lots) == one.amount
                assert one.next_expiry == next_expiry(lots)
            assert session.scalar(select(func.count()).where(LedgerEntry.reverses_id.is_not(None))) == session.scalar(
                select(func.count(LedgerEntry.reverses_id.distinct()))
            )

    @invariant()
    def no_line_was_changed(self) -> None:
        assert not getattr(self, "changes", [])

    @override
    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.close()
            self.folder.cleanup()


TestAccounts = Accounts.TestCase
TestAccounts.settings = settings(
    max_examples=12, stateful_step_count=22, deadline=None, suppress_health_check=list(HealthCheck)
)
