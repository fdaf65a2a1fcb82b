"""Clock rules, causes, the work on complaints, shelves, kept views, fields of a category, loans' time lines."""

import sqlalchemy as sa
from alembic import op

from crmdesk.db import types
from crmdesk.migrations.columns import words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables, then the new columns of old ones; rows that are there get the column's plain value."""
    _calendar_day()
    _cause_node()
    _clock_rule()
    _shelf()
    _saved_view()
    _item_value()
    _complaint_proposal()
    _complaint_remedy()
    _complaint_task()
    _complaint_approval()
    _loan_event()
    _complaint()
    _complaint_round()
    _keep_work_so_far()


def _calendar_day() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sa.UniqueConstraint("store_id", "day", name=op.f("uq_calendar_day_store_id_day")),
    )


def _cause_node() -> None:
    op.create_table(
        "cause_node",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "category",
            words("rootcause", "product service_attitude process delivery price information other"),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause_node")),
        sa.UniqueConstraint("store_id", "code", name=op.f("uq_cause_node_store_id_code")),
    )


def _clock_rule() -> None:
    op.create_table(
        "clock_rule",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.String(length=40), nullable=False),
        sa.Column("start", sa.String(length=40), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("stops", sa.String(length=40), nullable=False),
        sa.Column("pauses", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_rule")),
        sa.UniqueConstraint("store_id", "key", name=op.f("uq_clock_rule_store_id_key")),
    )


def _shelf() -> None:
    op.create_table(
        "shelf",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("room", sa.SmallInteger(), nullable=True),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shelf")),
        sa.UniqueConstraint("store_id", "code", name=op.f("uq_shelf_store_id_code")),
    )


def _saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=True),
        sa.Column("screen", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_saved_view_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    op.create_index(op.f("ix_saved_view_store_id_screen"), "saved_view", ["store_id", "screen"], unique=False)


def _item_value() -> None:
    op.create_table(
        "item_value",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", types.KEY_TYPE, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_value_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_value")),
        sa.UniqueConstraint("item_id", "key", name=op.f("uq_item_value_item_id_key")),
    )


def _complaint_proposal() -> None:
    op.create_table(
        "complaint_proposal",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column(
            "compensation", words("compensation", "refund exchange repair voucher points gift apology"), nullable=False
        ),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("state", words("proposalstate", "open chosen dropped"), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_proposal_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_complaint_proposal_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_proposal")),
    )
    op.create_index(op.f("ix_complaint_proposal_ticket_id"), "complaint_proposal", ["ticket_id"], unique=False)


def _complaint_remedy() -> None:
    op.create_table(
        "complaint_remedy",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column(
            "compensation", words("compensation", "refund exchange repair voucher points gift apology"), nullable=False
        ),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("done_at", types.UtcDateTime(), nullable=True),
        sa.Column("done_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("evidence", sa.String(length=120), nullable=False),
        sa.Column("linked_ticket_id", types.KEY_TYPE, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["done_by_id"], ["staff.id"], name=op.f("fk_complaint_remedy_done_by_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_complaint_remedy_ticket_id")),
        sa.ForeignKeyConstraint(["linked_ticket_id"], ["ticket.id"], name=op.f("fk_complaint_remedy_linked_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_remedy")),
    )
    op.create_index(op.f("ix_complaint_remedy_ticket_id"), "complaint_remedy", ["ticket_id"], unique=False)


def _complaint_task() -> None:
    op.create_table(
        "complaint_task",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("what", sa.String(length=4000), nullable=False),
        sa.Column("owner_id", types.KEY_TYPE, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("made_by_id", types.KEY_TYPE, nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("done_at", types.UtcDateTime(), nullable=True),
        sa.Column("result", sa.String(length=4000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_complaint_task_made_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_complaint_task_owner_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_complaint_task_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_task")),
    )
    op.create_index(op.f("ix_complaint_task_owner_id_done_at"), "complaint_task", ["owner_id", "done_at"], unique=False)
    op.create_index(op.f("ix_complaint_task_ticket_id"), "complaint_task", ["ticket_id"], unique=False)


def _complaint_approval() -> None:
    op.create_table(
        "complaint_approval",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", types.KEY_TYPE, nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("words", sa.String(length=4000), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["complaint_proposal.id"], name=op.f("fk_complaint_approval_proposal_id")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_approval_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_approval")),
    )
    op.create_index(op.f("ix_complaint_approval_proposal_id"), "complaint_approval", ["proposal_id"], unique=False)


def _loan_event() -> None:
    op.create_table(
        "loan_event",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("loaner_id", types.KEY_TYPE, nullable=False),
        sa.Column("loan_id", types.KEY_TYPE, nullable=True),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["loaner_id"], ["loaner.id"], name=op.f("fk_loan_event_loaner_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loan.id"], name=op.f("fk_loan_event_loan_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_loan_event_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loan_event")),
    )
    op.create_index(op.f("ix_loan_event_loan_id"), "loan_event", ["loan_id"], unique=False)
    op.create_index(op.f("ix_loan_event_loaner_id"), "loan_event", ["loaner_id"], unique=False)
    with op.batch_alter_table("loaner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("counted_on", sa.Date(), nullable=True))


def _complaint() -> None:
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cause_code", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("corrective_done_at", types.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("escalated_to", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("outside_number", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("round", sa.SmallInteger(), nullable=False, server_default="1"))


def _complaint_round() -> None:
    op.create_table(
        "complaint_round",
        sa.Column("id", types.KEY_TYPE, autoincrement=False, nullable=False),
        sa.Column("store_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", types.KEY_TYPE, nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column(
            "root_cause",
            words("rootcause", "product service_attitude process delivery price information other"),
            nullable=True,
        ),
        sa.Column("cause_code", sa.String(length=40), nullable=False),
        sa.Column("findings", sa.String(length=4000), nullable=False),
        sa.Column("amount", types.MoneyType(), nullable=False),
        sa.Column("decision", sa.String(length=4000), nullable=False),
        sa.Column("decided_by_id", types.KEY_TYPE, nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("told_channel", words("tellchannel", "phone letter email message in_person"), nullable=True),
        sa.Column("told_words", sa.String(length=4000), nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=True),
        sa.Column(
            "satisfaction",
            words(
                "calloutcome",
                "satisfied neutral dissatisfied call_later no_answer busy switched_off wrong_number refused do_not_call sent",
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(length=4000), nullable=False),
        sa.Column("staff_id", types.KEY_TYPE, nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by_id"], ["staff.id"], name=op.f("fk_complaint_round_decided_by_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_complaint_round_staff_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_complaint_round_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_round")),
        sa.UniqueConstraint("ticket_id", "number", name=op.f("uq_complaint_round_ticket_id_number")),
    )


def _keep_work_so_far() -> None:
    """Give complaints that were proposed or decided before their proposal, approval and remedy as rows."""
    op.execute(
        "INSERT INTO complaint_proposal (id, store_id, ticket_id, ordinal, round, compensation, amount, points, words,"
        " state, staff_id, at, version) SELECT c.id, c.store_id, c.ticket_id, 1, 1, c.compensation,"
        " c.compensation_amount, 0, c.proposal, CASE WHEN c.decided_at IS NULL THEN 'open' ELSE 'chosen' END,"
        " c.proposed_by_id, t.last_event_at, 1 FROM complaint c JOIN ticket t ON t.id = c.ticket_id"
        " WHERE c.compensation IS NOT NULL AND c.proposed_by_id IS NOT NULL AND t.state <> 'reopened'"
    )
    op.execute(
        "INSERT INTO complaint_approval (id, store_id, proposal_id, agreed, amount, words, staff_id, at)"
        " SELECT c.id, c.store_id, c.id, 1, c.compensation_amount, '', c.approved_by_id, c.approved_at FROM complaint c"
        " WHERE c.approved_by_id IS NOT NULL AND c.approved_at IS NOT NULL"
        " AND c.id IN (SELECT id FROM complaint_proposal)"
    )
    op.execute(
        "INSERT INTO complaint_remedy (id, store_id, ticket_id, round, compensation, amount, points, words, done_at,"
        " evidence, version) SELECT c.id, c.store_id, c.ticket_id, 1, c.compensation, c.compensation_amount, 0,"
        " c.proposal, c.remedy_done_at, '', 1 FROM complaint c"
        " WHERE c.compensation IS NOT NULL AND c.decided_at IS NOT NULL"
    )
    op.execute(
        "UPDATE complaint SET remedy_done_at = decided_at"
        " WHERE compensation = 'apology' AND remedy_done_at IS NULL AND decided_at IS NOT NULL"
    )
