"""Whom lists of members show: those who are members, and no contact, merged or erased file."""

from typing import Final

from crmdesk.core.members import MemberState
from crmdesk.models.member import Member

NOT_HERE: Final = (MemberState.WALK_IN, MemberState.MERGED, MemberState.ERASED)
HERE: Final = Member.__table__.c.state.not_in(NOT_HERE)
