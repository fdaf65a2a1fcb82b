from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import column, select, table, text
from sqlalchemy.orm import Session

from crmdesk.db.engine import Database
from crmdesk.db.keys import read_keys

LINE = table("line", column("id"), column("place"))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database.open(tmp_path / "lines.db")
    with database.transaction() as session:
        session.execute(text("CREATE TABLE line (id INTEGER PRIMARY KEY, place INTEGER)"))
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) "
                "INSERT INTO line SELECT 4611686018427387904 + i, (i * 7919) % 30011 FROM n"
            )
        )
        yield session
    database.dispose()


@pytest.mark.parametrize("limit", [0, 1, 2, 30_000])
def test_keys_come_in_the_order_asked(session: Session, limit: int) -> None:
    for order in (LINE.c.id, LINE.c.id.desc(), LINE.c.place, LINE.c.place.desc()):
        asked = select(LINE.c.id).order_by(order).limit(limit)
        assert read_keys(session, asked) == array("q", session.execute(asked).scalars())
