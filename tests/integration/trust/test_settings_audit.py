"""Store settings in the database, and the audit that tells when somebody has changed it."""

from datetime import time

import pytest
from sqlalchemy import delete, update

from crmdesk.core.errors import InvalidFieldError, NotAllowedError, StaleError
from crmdesk.core.refs import EntityKind
from crmdesk.core.roles import Role
from crmdesk.core.setting_kinds import SettingRefusedError
from crmdesk.core.settings_care import CONTACT_FROM
from crmdesk.core.settings_desk import LANGUAGE
from crmdesk.core.settings_service import LOANER_LIMIT_DAYS, LOANER_REMIND_DAYS
from crmdesk.models.audit import AuditEntry
from crmdesk.models.store import Setting
from crmdesk.queries.audit import AuditBreak, audit_page, verify_audit
from crmdesk.queries.settings import store_settings
from crmdesk.services.settings import ChangeSettings, EditStore, change_settings, edit_store
from tests.builders.shop import STORE_ID, Shop


def put(shop: Shop, **values: object) -> None:
    request = ChangeSettings({key.replace("__", "."): value for key, value in values.items()})
    shop.do(change_settings, request, shop.context(Role.OWNER))


def test_what_is_changed_is_in_force_and_audited(shop: Shop) -> None:
    put(shop, loaners__limit_days=8, care__contact_from=time(10), loaners__remind_days=(2, 5))
    with shop.reading() as session:
        values = store_settings(session, STORE_ID)
        assert values.get(LOANER_LIMIT_DAYS) == 8
        assert values.get(CONTACT_FROM) == time(10)
        assert values.get(LOANER_REMIND_DAYS) == (2, 5)
        [newest, *_] = audit_page(session, shop.context(Role.OWNER), ref=(EntityKind.STORE, STORE_ID))
        assert newest.act == "settings.change"
        assert '"after":"[2, 5]"' in newest.detail or '"after":"8"' in newest.detail


def test_back_to_the_default(shop: Shop) -> None:
    put(shop, loaners__limit_days=8)
    reset = ChangeSettings(defaults=frozenset({LOANER_LIMIT_DAYS.key}))
    assert shop.do(change_settings, reset, shop.context(Role.OWNER)).get(LOANER_LIMIT_DAYS) == 5


def test_the_same_value_again_writes_nothing(shop: Shop) -> None:
    put(shop, loaners__limit_days=8)
    with shop.reading() as session:
        before = verify_audit(session).rows
    put(shop, loaners__limit_days=8)
    with shop.reading() as session:
        assert verify_audit(session).rows == before


def test_all_or_none(shop: Shop) -> None:
    with pytest.raises(SettingRefusedError):
        put(shop, loaners__limit_days=8, loaners__block_days=9999)
    with shop.reading() as session:
        assert store_settings(session, STORE_ID).get(LOANER_LIMIT_DAYS) == 5


@pytest.mark.parametrize("key", ["no.such", LANGUAGE.key])
def test_unknown_and_desk_settings_are_refused(shop: Shop, key: str) -> None:
    with pytest.raises(SettingRefusedError):
        shop.do(change_settings, ChangeSettings({key: "en"}), shop.context(Role.OWNER))
    with pytest.raises(SettingRefusedError):
        shop.do(change_settings, ChangeSettings(defaults=frozenset({key})), shop.context(Role.OWNER))


def test_only_who_may_changes_settings(shop: Shop) -> None:
    for role in (Role.CLERK, Role.GUIDE, Role.MANAGER, Role.HEAD_OFFICE):
        with pytest.raises(NotAllowedError):
            shop.do(change_settings, ChangeSettings({LOANER_LIMIT_DAYS.key: 6}), shop.context(role))
        with pytest.raises(NotAllowedError):
            shop.do(edit_store, EditStore(1, "店"), shop.context(role))


@pytest.mark.parametrize("text", ["", "{", '"eight"', "9999"])
def test_an_unreadable_row_counts_as_the_default(shop: Shop, text: str) -> None:
    with shop.database.transaction() as session:
        session.add(Setting(store_id=STORE_ID, key=LOANER_LIMIT_DAYS.key, value=text))
    with shop.reading() as session:
        assert store_settings(session, STORE_ID).get(LOANER_LIMIT_DAYS) == 5


def test_editing_the_store(shop: Shop) -> None:
    owner = shop.context(Role.OWNER)
    shop.do(edit_store, EditStore(1, "新店", "新地址", "0571-1"), owner)
    with pytest.raises(StaleError):
        shop.do(edit_store, EditStore(1, "旧表单"), owner)
    with pytest.raises(InvalidFieldError):
        shop.do(edit_store, EditStore(2, "  "), owner)


def test_a_whole_chain(shop: Shop) -> None:
    with shop.reading() as session:
        verdict = verify_audit(session)
    assert verdict.whole
    assert verdict.chains == 1
    assert verdict.rows >= 20


def test_the_first_broken_row_is_named(shop: Shop) -> None:
    chain = AuditEntry.chain == STORE_ID
    hurt = {
        "changed": update(AuditEntry).where(chain, AuditEntry.ordinal == 7).values(staff_id=1),
        "missing": delete(AuditEntry).where(chain, AuditEntry.ordinal == 7),
        "unlinked": update(AuditEntry).where(chain, AuditEntry.ordinal == 7).values(previous_hash="0" * 64),
    }
    for reason, statement in hurt.items():
        with shop.database.engine.connect() as connection, connection.begin() as transaction:
            connection.execute(statement)
            with shop.database.reading() as session:
                session.bind = connection
                assert verify_audit(session).breaks == (AuditBreak(STORE_ID, 7, reason),)
            if transaction.is_active:
                transaction.rollback()


def test_only_who_may_sees_the_audit(shop: Shop) -> None:
    with shop.reading() as session:
        with pytest.raises(NotAllowedError):
            audit_page(session, shop.context(Role.CLERK))
        page = audit_page(session, shop.context(Role.MANAGER))
        assert page[0].staff_name == "周敏"
        assert [row.id for row in audit_page(session, shop.context(Role.MANAGER), before=page[0].id)] == [
            row.id for row in page[1:]
        ]
