"""How the owner's workbook reaches people: a member's first phone."""

from sqlalchemy import ScalarSelect, select

from crmdesk.models.member import Member, MemberPhone


def first_phone() -> ScalarSelect[str]:
    """Give the subquery of a member's first phone, correlated with ``member``."""
    return (
        select(MemberPhone.digits)
        .where(MemberPhone.member_id == Member.id)
        .order_by(MemberPhone.ordinal)
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )
