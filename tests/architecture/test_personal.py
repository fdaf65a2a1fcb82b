"""Every table and every text of the schema is either a person's or the store's: nothing is forgotten by erasure."""

from sqlalchemy import Enum, String, Table

from crmdesk.migrations.schema import metadata
from crmdesk.models.personal import MEMBER, NOT_OWNED, OWNED


def _texts(table: Table) -> set[str]:
    """Give the columns of words that are free: not those of a closed list."""
    return {one.name for one in table.columns if isinstance(one.type, String) and not isinstance(one.type, Enum)}


def test_every_table_is_either_a_persons_or_the_stores() -> None:
    assert set(metadata().tables) == set(OWNED) | NOT_OWNED
    assert not set(OWNED) & NOT_OWNED


def test_every_text_of_a_persons_table_is_judged() -> None:
    for name, owned in OWNED.items():
        table = metadata().tables[name]
        if owned.gone:
            assert not owned.wiped, name
            assert not owned.facts, name
        else:
            assert _texts(table) == set(owned.wiped) | set(owned.facts), name
            assert not set(owned.wiped) & set(owned.facts), name


def test_rows_hang_on_rows_that_were_found_before() -> None:
    found: list[str] = []
    for name, owned in OWNED.items():
        table = metadata().tables[name]
        for column in owned.by:
            [key] = table.columns[column].foreign_keys
            assert key.column.table.name in found, f"{name}.{column}"
        assert bool(owned.by) is (name != MEMBER)
        found.append(name)


def test_every_reference_to_a_person_is_followed() -> None:
    # References that do not make a row hers: who it was merged into, and other files of the same ticket.
    not_hers = {("member", "merged_into_id")}
    for name, table in metadata().tables.items():
        for column in table.columns:
            points = {key.column.table.name for key in column.foreign_keys}
            if MEMBER in points and (name, column.name) not in not_hers:
                assert column.name in OWNED[name].by, f"{name}.{column.name}"
