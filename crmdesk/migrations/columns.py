"""Column types as migrations spell them: frozen here, so that a later change of an enum does not rewrite history."""

import sqlalchemy as sa


def words(name: str, values: str) -> sa.Enum:
    """Give a text column that takes only ``values`` (separated by spaces), by a CHECK called ``name``."""
    return sa.Enum(*values.split(), name=name, native_enum=False, create_constraint=True, length=32)
