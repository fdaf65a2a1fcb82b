"""The search index of members."""

from alembic import op

from crmdesk.db.search import member_index

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index; it is empty until members are written or it is rebuilt."""
    connection = op.get_bind()
    member_index(connection).create(connection)
