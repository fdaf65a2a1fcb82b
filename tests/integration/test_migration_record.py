"""What earlier imports kept as text beside a member becomes own fields of her store."""

from pathlib import Path

import sqlalchemy as sa

from crmdesk.db.engine import Database
from crmdesk.migrations import runner

_STORE = {"id": 1, "code": "01", "name": "", "address": "", "phone": "", "zone": "UTC", "version": 1}
_TEXTS = ("email", "address", "occupation", "industry", "garment_size", "shoe_size", "preferences", "source", "notes")
_MEMBER = dict.fromkeys((*_TEXTS, "gift_preference"), "") | {
    "store_id": 1,
    "kind": "customer",
    "state": "active",
    "care_class": "ordinary",
    "tier": "ordinary",
    "do_not_contact": False,
    "joined_on": "2026-01-01",
    "version": 1,
}


def test_free_fields_become_own_fields(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "store.db")
    runner.upgrade(database, "0009")
    kept = ['{"腰围": "68", "星座": "双鱼"}', "{}", "no json", '{"腰围": "70", "": "x", "空": ""}']
    with database.transaction() as session:
        connection = session.connection()
        rows = [("store", _STORE)]
        for key, custom in enumerate(kept, 10):
            rows.append(("member", _MEMBER | {"id": key, "number": f"M{key}", "name": f"客{key}", "custom": custom}))
        for table, values in rows:
            connection.execute(sa.table(table, *map(sa.column, values)).insert(), values)
    runner.upgrade(database)
    asked = "SELECT v.member_id, f.name, v.words FROM own_value v JOIN own_field f ON f.id = v.field_id ORDER BY 1, 2"
    with database.reading() as session:
        found = [tuple(row) for row in session.connection().exec_driver_sql(asked)]
        columns = {one["name"] for one in sa.inspect(session.connection()).get_columns("member")}
    assert found == [
        (10, "星座", "双鱼"),
        (10, "腰围", "68"),
        (12, "custom", "no json"),
        (13, "腰围", "70"),
    ]
    assert "custom" not in columns
    database.dispose()
