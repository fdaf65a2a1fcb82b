"""Statements that go to the driver directly answer as SQLAlchemy does, and fail as it does."""

from pathlib import Path

import pytest
from sqlalchemy import BigInteger, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from crmdesk.core.members import MemberState
from crmdesk.db.quick import Quick
from crmdesk.migrations.schema import metadata
from crmdesk.models.member import Member
from crmdesk.services.members import MemberFacts, register
from tests.builders.shop import Shop, open_shop

_M = Member.__table__.c


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    metadata()
    shop = open_shop(tmp_path)
    for name in ("王小明", "王伟", 'O"Neil %_'):
        shop.do(register, MemberFacts(name=name), shop.context())
    return shop


def test_plain_columns_with_named_and_fixed_values(shop: Shop) -> None:
    asked = select(_M.name).where(_M.name == bindparam("name"), _M.state != MemberState.ERASED).limit(bindparam("most"))
    quick = Quick(asked)
    with shop.reading() as session:
        for name in ("王伟", 'O"Neil %_', "nobody"):
            parameters = {"name": name, "most": 5}
            expected = [tuple(row) for row in session.execute(asked, parameters)]
            assert list(quick.rows(session, parameters)) == expected
    shop.close()


def test_values_that_need_turning_go_through_sqlalchemy(shop: Shop) -> None:
    with shop.reading() as session:
        rows = Quick(select(_M.state).order_by(_M.id)).rows(session, {})
        assert [state for (state,) in rows] == [MemberState.ACTIVE] * 3
        wanted = Quick(select(_M.name).where(_M.state == bindparam("state", type_=_M.state.type)))
        assert len(wanted.rows(session, {"state": MemberState.ACTIVE})) == 3
        some = Quick(select(func.count()).where(_M.id.in_(bindparam("keys", expanding=True, type_=BigInteger))))
        assert some.rows(session, {"keys": [1, 2]}) == [(0,)]
    shop.close()


def test_what_was_not_saved_yet_is_of_the_same_transaction(shop: Shop) -> None:
    named = Quick(select(_M.id).where(_M.name == bindparam("name")))
    with shop.database.transaction() as session:
        register(session, MemberFacts(name="新来"), shop.context())
        session.flush()
        assert len(named.rows(session, {"name": "新来"})) == 1
    shop.close()


def test_a_failure_is_sqlalchemys_and_says_no_values(shop: Shop) -> None:
    broken = Quick(select(func.json_extract("{", bindparam("path"))))
    with shop.reading() as session, pytest.raises(DBAPIError) as raised:
        broken.rows(session, {"path": "$.secret"})
    assert "secret" not in str(raised.value)
    shop.close()
