"""Which rows belong to a person and which words in them are hers: read by the copy of her data and by erasure.

A test holds this against the schema: a new table or text that hangs on a person cannot be forgotten.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Owned:
    """How rows of one table hang on a person.

    Attributes:
        by: columns, one of which points to a row that belongs to the person.
        wiped: texts that may say something about her: emptied by erasure.
        facts: texts that stay, because a ticket, receipt or card is nothing without them: codes, numbers, goods.
        gone: the rows themselves are taken away by erasure.
    """

    by: tuple[str, ...]
    wiped: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    gone: bool = False


def _leaves(*by: str) -> Owned:
    return Owned(by or ("member_id",), gone=True)


MEMBER: Final = "member"
# Owners stand before what hangs on them.
OWNED: Final[dict[str, Owned]] = {
    MEMBER: Owned(
        (),
        wiped=(
            *("email", "address", "occupation", "industry", "garment_size", "shoe_size", "preferences", "hobbies"),
            *("consumption", "gift_preference", "source", "notes", "name"),
        ),
        facts=("number",),
    ),
    "member_phone": _leaves(),
    "member_address": _leaves(),
    "member_tag": _leaves(),
    "member_private": _leaves(),
    "own_value": _leaves(),
    "touchpoint": _leaves(),
    "relative": _leaves("member_id", "person_id"),
    "household_person": _leaves(),
    "firm_visit": _leaves(),
    "intent": _leaves(),
    "member_score": _leaves(),
    "dirty_member": _leaves(),
    "duplicate_pair": _leaves("first_id", "second_id"),
    "member_value": Owned(("member_id",)),
    "ledger_balance": Owned(("member_id",)),
    "access_entry": Owned(("member_id",), facts=("where", "desk")),
    "erasure": Owned(("member_id",), facts=("member_number", "paper_number", "asked_how", "counts", "files")),
    "merge": Owned(("kept_id", "gone_id"), wiped=("before",)),
    "merge_move": Owned(("merge_id",), facts=("table_name", "column_name")),
    "consent": Owned(("member_id",), wiped=("how",), facts=("wording",)),
    "card": Owned(("member_id",), wiped=("state_reason",), facts=("number",)),
    "level_change": Owned(("member_id",), wiped=("note",)),
    "ledger_entry": Owned(("member_id",), wiped=("note",), facts=("paper_number",)),
    "purchase": Owned(("member_id",), wiped=("note",), facts=("number",)),
    "purchase_line": Owned(("purchase_id",), facts=("style", "name", "colour", "size")),
    "item": Owned(("member_id",), facts=("name", "brand", "model", "colour", "size", "serial")),
    "item_value": Owned(("item_id",), wiped=("value",), facts=("key",)),
    "ticket": Owned(
        ("member_id",),
        wiped=("subject", "customer_words", "private_notes", "collected_by"),
        facts=("number", "shelf"),
    ),
    "ticket_event": Owned(("ticket_id",), wiped=("note",), facts=("act",)),
    "ticket_fault": Owned(("ticket_id",), facts=("code",)),
    "ticket_clock": Owned(("ticket_id",)),
    "ticket_accessory": Owned(("ticket_id",), facts=("name",)),
    "batch_line": Owned(
        ("ticket_id",),
        wiped=("asked", "reply", "missing_reason"),
        facts=("accessories", "replied_by", "courier_back", "tracking_back"),
    ),
    "batch_event": Owned(("line_id",), wiped=("note",), facts=("act",)),
    "complaint": Owned(
        ("ticket_id",),
        wiped=(
            *("wanted", "root_cause_detail", "findings", "proposal", "decision", "told_words", "corrective_action"),
            *("escalated_to", "outside_number"),
        ),
        facts=("cause_code",),
    ),
    "complaint_proposal": Owned(("ticket_id",), wiped=("words",)),
    "complaint_approval": Owned(("proposal_id",), wiped=("words",)),
    "complaint_remedy": Owned(("ticket_id",), wiped=("words", "evidence")),
    "complaint_round": Owned(
        ("ticket_id",), wiped=("findings", "decision", "told_words", "reason"), facts=("cause_code",)
    ),
    "complaint_task": Owned(("ticket_id",), wiped=("what", "result")),
    "disposal": Owned(("ticket_id",), wiped=("person", "words")),
    "hand_over": Owned(("ticket_id",), wiped=("person", "stands_for", "seen", "note")),
    "posting": Owned(("ticket_id",), wiped=("recipient", "phone", "address", "note", "tracking"), facts=("courier",)),
    "quote": Owned(("ticket_id",), facts=("work",)),
    "return_line": Owned(
        ("ticket_id",),
        wiped=("no_receipt_reason", "decision_note"),
        facts=("name", "exchanged_for", "refund_method", "gift"),
    ),
    "loan": Owned(
        ("member_id",),
        wiped=("condition_out", "condition_back", "extend_reason", "take_over_reason"),
        facts=("number", "terms"),
    ),
    "loan_event": Owned(("loan_id",), wiped=("note",), facts=("act",)),
    "deposit_entry": Owned(("loan_id",), wiped=("note",), facts=("receipt",)),
    "charge": Owned(("ticket_id", "loan_id"), wiped=("note", "waive_reason")),
    "payment": Owned(("ticket_id", "loan_id"), wiped=("note",), facts=("method", "receipt")),
    "reminder": Owned(("ticket_id", "loan_id"), wiped=("words",)),
    "signature": Owned(("ticket_id", "loan_id"), wiped=("person", "strokes")),
    "approval": Owned(("quote_id",), wiped=("person", "phone", "words")),
    "judgement": Owned(("ticket_id",), wiped=("evidence", "decided_by_words"), facts=("cause", "fault", "rule")),
    "judgement_photo": _leaves("judgement_id"),
    "cost_share": Owned(("judgement_id",)),
    "condition_sheet": Owned(("ticket_id", "loan_id"), wiped=("note",), facts=("shape",)),
    "damage_mark": Owned(("sheet_id",), wiped=("note",), facts=("code",)),
    "photo": _leaves("ticket_id", "loan_id", "member_id"),
    "callback": Owned(("member_id",), wiped=("subject",)),
    "contact": Owned(("member_id",), wiped=("note",)),
    "paper": Owned(
        ("member_id", "ticket_id", "loan_id"), wiped=("title", "sha256", "basis"), facts=("number", "language")
    ),
    "paper_print": Owned(("paper_id",), wiped=("sha256",), facts=("printer",)),
    "letter_text": Owned(
        ("paper_id",),
        wiped=("salutation", "facts", "finding", "remedy", "promise", "closing", "contact"),
        facts=("language",),
    ),
}
# Words of these are the store's, not a customer's; rows of `imported_row` are found by what they made.
NOT_OWNED: Final = frozenset(
    {
        *(
            "audit_entry",
            "batch",
            "calendar_day",
            "cause_node",
            "clock_stand",
            "change",
            "clock_rule",
            "consent_wording",
            "counter",
        ),
        *(
            "household",
            "import_run",
            "import_source",
            "imported_row",
            "score_scale",
            "loaner",
            "own_field",
            "saved_view",
            "segment",
        ),
        *("setting", "shelf", "staff", "store", "vendor", "walk_in_count", "watched_file", "duplicate_sweep"),
    }
)
