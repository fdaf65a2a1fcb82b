"""The feed of other desks' changes, its clearing, and the counts beside the sections."""

from datetime import timedelta

from sqlalchemy import func, select

from crmdesk.core.roles import Role
from crmdesk.core.tickets import ItemCategory, TicketKind
from crmdesk.core.topics import Topic
from crmdesk.models.audit import Change
from crmdesk.queries.board_counts import section_counts
from crmdesk.queries.changes import changes_since
from crmdesk.services.changes import forget_old_changes
from crmdesk.services.members import MemberFacts, register
from crmdesk.services.ticket_intake import ItemFacts, TakeIn, take_in
from tests.builders.shop import Shop
from tests.builders.work import grow


def rows(shop: Shop) -> int:
    with shop.reading() as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def test_another_desk_learns_topics_once(shop: Shop) -> None:
    mine, other = shop.context(Role.CLERK, "desk-1"), shop.context(Role.MANAGER, "desk-2")
    shop.do(register, MemberFacts(name="赵敏", walk_in=True), other)
    with shop.reading() as session:
        end, nothing = changes_since(session, mine, None)
    assert nothing == frozenset()
    shop.do(register, MemberFacts(name="钱乐", walk_in=True), other)
    with shop.reading() as session:
        later, topics = changes_since(session, mine, end)
        assert topics == {Topic.MEMBERS}
        assert changes_since(session, mine, later) == (later, frozenset())


def test_a_desk_does_not_hear_itself(shop: Shop) -> None:
    mine = shop.context(Role.MANAGER, "desk-1")
    with shop.reading() as session:
        start, _ = changes_since(session, mine, None)
    shop.do(register, MemberFacts(name="赵敏", walk_in=True), mine)
    with shop.reading() as session:
        end, topics = changes_since(session, mine, start)
    assert end > start
    assert topics == frozenset()


def test_old_rows_are_cleared(shop: Shop) -> None:
    grow(shop, 3)
    assert rows(shop) >= 3
    shop.clock.advance(timedelta(days=2))
    assert shop.do(forget_old_changes, shop.context(Role.CLERK)) == 0
    shop.clock.advance(timedelta(days=2))
    assert shop.do(forget_old_changes, shop.context(Role.CLERK)) >= 3
    assert rows(shop) == 0


def test_counts_beside_the_sections(shop: Shop) -> None:
    clerk = shop.context(Role.CLERK)
    with shop.reading() as session:
        assert section_counts(session, clerk) == {"service": 0, "loaners": 0, "care": 0}
    (member,) = grow(shop, 1)
    request = TakeIn(TicketKind.REPAIR, member, "轮子坏了", item=ItemFacts(ItemCategory.SUITCASE, "拉杆箱"))
    shop.do(take_in, request, clerk)
    with shop.reading() as session:
        assert section_counts(session, clerk)["service"] == 1


def test_counts_are_answered_by_indexes(shop: Shop) -> None:
    seen: list[str] = []
    with shop.reading() as session:
        connection = session.connection()
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(seen.append)
        section_counts(session, shop.context(Role.CLERK))
        driver.set_trace_callback(None)
        asked = [statement for statement in seen if "count" in statement]
        assert len(asked) == 3
        for statement in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            assert all("USING" in str(row) and "INDEX" in str(row) for row in plan), plan
