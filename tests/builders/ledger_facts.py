"""Believable facts for the papers about points and stored value."""

from datetime import date, datetime

from crmdesk.core.money import Money
from crmdesk.core.paper_facts.common import CustomerFacts, PrintFacts, StoreFacts
from crmdesk.core.paper_facts.ledger import StatementFacts, StatementLine, StatementPart, ValueReceiptFacts


def papers(
    now: datetime, store: StoreFacts, customer: CustomerFacts, printed: PrintFacts
) -> dict[str, StatementFacts | ValueReceiptFacts]:
    """Give the statement and the receipt by name."""
    lines = (
        StatementLine(now.replace(month=3), "购买", "+2,980", "3,180", "POS-0308"),
        StatementLine(now.replace(month=5), "退货", "-799", "2,381", "T-01-260521-0021", "鞋"),
        StatementLine(now, "手工赠送", "+100", "2,481", "S010000017", "生日"),
    )
    stored = (StatementLine(now, "充值", "+¥1,000.00", "¥1,000.00", "S010000025", "现金"),)
    return {
        "statement": StatementFacts(
            "M010000123-260101-261121",
            store,
            customer,
            date(2026, 1, 1),
            date(2026, 11, 21),
            (
                StatementPart("积分", "200", "2,481", lines),
                StatementPart("储值", "¥0.00", "¥1,000.00", stored),
            ),
            printed,
            ((date(2026, 12, 31), 200), (date(2027, 12, 31), 2281)),
            60,
        ),
        "value_receipt": ValueReceiptFacts(
            "S010000025",
            store,
            customer,
            now,
            Money(100_000),
            Money(10_000),
            Money(100_000),
            Money(10_000),
            "陈可",
            printed,
            note="现金",
        ),
    }
