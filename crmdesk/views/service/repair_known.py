"""What is known of the repair of a case besides its ticket."""

from crmdesk.queries.repair_case import RepairCase
from crmdesk.views.service.case import Case


def known_of(case: Case) -> RepairCase:
    """Give what the repair's view has read; nothing special for a case that was not read by it."""
    known = getattr(case.extra, "repair", None)
    return known if isinstance(known, RepairCase) else RepairCase()
