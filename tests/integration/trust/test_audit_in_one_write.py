"""Several rows of the audit in one write, and settings changed in the middle of one."""

from sqlalchemy.orm import Session

from crmdesk.core.context import Context
from crmdesk.core.outcome import Outcome
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.core.settings_store import LOCK_MINUTES
from crmdesk.queries.audit import verify_audit
from crmdesk.queries.settings import store_settings
from crmdesk.services import audit
from crmdesk.services.numbers import next_count
from crmdesk.services.settings import ChangeSettings, change_settings
from tests.builders.shop import Shop

STAFF = (EntityKind.STAFF, 1)


def test_rows_of_one_write_and_of_a_savepoint_taken_back_make_one_chain(shop: Shop) -> None:
    def write(session: Session, context: Context) -> Outcome[None]:
        audit.record(session, context, "test.one", STAFF)
        audit.record(session, context, "test.two", STAFF)
        with session.begin_nested() as savepoint:
            audit.record(session, context, "test.taken_back", STAFF)
            savepoint.rollback()
        audit.record(session, context, "test.three", STAFF)
        return Outcome(None, frozenset())

    shop.do(write, shop.context())
    shop.do(write, shop.context())
    with shop.reading() as session:
        assert verify_audit(session).whole
        acts = session.connection().exec_driver_sql("SELECT act FROM audit_entry ORDER BY ordinal DESC LIMIT 3")
        assert list(acts.scalars()) == ["test.three", "test.two", "test.one"]


def test_a_changed_setting_holds_within_the_same_write(shop: Shop) -> None:
    def write(session: Session, context: Context) -> Outcome[tuple[int, int]]:
        before = store_settings(session, context.store.id).get(LOCK_MINUTES)
        change_settings(session, ChangeSettings({LOCK_MINUTES.key: before + 1}), context)
        return Outcome((before, store_settings(session, context.store.id).get(LOCK_MINUTES)), frozenset())

    before, after = shop.do(write, shop.context(Role.OWNER))
    assert after == before + 1


def test_counts_begin_with_one_and_go_on(shop: Shop) -> None:
    def write(session: Session, context: Context) -> Outcome[list[int]]:
        return Outcome([next_count(session, context, one) for one in ("X", "Y", "X")], frozenset())

    assert shop.do(write, shop.context()) == [1, 1, 2]
    assert shop.do(write, shop.context()) == [3, 2, 4]
