"""Every column of the schema that points to a member is known to the merge of two files: none can be forgotten."""

from sqlalchemy import BigInteger, Integer, UniqueConstraint

from crmdesk.core.merges import CHOSEN, CHOSEN_PRIVATE, FOLLOWS, OWN, Treatment
from crmdesk.migrations.schema import metadata
from crmdesk.models.member_references import REFERENCES, SOFT, moved, united

# Whole numbers called "..._id" that name something else than a member.
_NOT_MEMBERS = {"store_id", "staff_id"}


def test_every_reference_has_its_treatment() -> None:
    found = {
        (table.name, column.name)
        for table in metadata().tables.values()
        for column in table.columns
        if any(key.column.table.name == "member" for key in column.foreign_keys)
    }
    assert found == set(REFERENCES), "say in member_references.py what a merge does with it"


def test_every_key_without_a_reference_is_judged() -> None:
    found = {
        (table.name, column.name)
        for table in metadata().tables.values()
        for column in table.columns
        if column.name.endswith("_id")
        and column.name not in _NOT_MEMBERS
        and isinstance(column.type, BigInteger | Integer)
        and not column.foreign_keys
        and not column.primary_key
    }
    assert found == SOFT


def test_moved_rows_can_be_noted_and_united_rows_kept() -> None:
    for table, _column in moved():
        assert "id" in metadata().tables[table].c, table
    for table, like in united().items():
        assert {"id", "member_id", *(like or ())} <= set(metadata().tables[table].c.keys()), table


def test_what_is_unique_to_a_member_is_united() -> None:
    """A table that allows one row of a kind per member cannot simply be moved."""
    for (name, column), reference in REFERENCES.items():
        table = metadata().tables[name]
        uniques = [set(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)]
        mine = [one - {column} for one in uniques if column in one]
        if reference.treatment is Treatment.MOVE:
            assert not mine, f"{name}.{column}"
        if reference.treatment is Treatment.UNITE:
            assert all(set(reference.like or ()) == one for one in mine), f"{name}.{column}"


def test_every_column_of_the_file_is_chosen_follows_or_stays() -> None:
    columns = [column for chosen in CHOSEN.values() for column in chosen]
    assert sorted([*columns, *FOLLOWS, *OWN]) == sorted(metadata().tables["member"].c.keys())
    private = [column for chosen in CHOSEN_PRIVATE.values() for column in chosen]
    assert sorted([*private, "id", "store_id", "member_id"]) == sorted(metadata().tables["member_private"].c.keys())
