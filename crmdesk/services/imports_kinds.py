"""Which work an import of a kind is."""

from crmdesk.core.context import Context
from crmdesk.exchange.fields import ImportKind
from crmdesk.services.imports import MemberWork
from crmdesk.services.imports_balances import BalanceWork
from crmdesk.services.imports_cards import CardWork
from crmdesk.services.imports_file import ImportFile
from crmdesk.services.imports_purchases import PurchaseWork
from crmdesk.services.imports_work import Work


def work_of(request: ImportFile, context: Context) -> Work:
    """Give the work of a file."""
    if request.kind is ImportKind.PURCHASES:
        return PurchaseWork(request, context)
    if request.kind is ImportKind.BALANCES:
        return BalanceWork(request, context)
    if request.kind is ImportKind.CARDS:
        return CardWork(request, context)
    return MemberWork(request, context)
