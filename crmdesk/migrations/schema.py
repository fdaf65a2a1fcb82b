"""All tables in one place, for migrations and for the check that both say the same."""

import importlib
import pkgutil

from sqlalchemy import MetaData

import crmdesk.models
from crmdesk.db.base import Base


def metadata() -> MetaData:
    """Import every mapped class and give the tables."""
    for module in pkgutil.iter_modules(crmdesk.models.__path__):
        importlib.import_module(f"crmdesk.models.{module.name}")
    return Base.metadata
