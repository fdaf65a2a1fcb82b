"""Where backups of a store go, as this computer's settings say."""

from pathlib import Path

from crmdesk.core.settings_desk import BACKUP_FOLDER
from crmdesk.db.backup import BackupPlan
from crmdesk.db.data_dir import DataDir
from crmdesk.db.desk_file import DeskFile


def plan_of(data: DataDir, desk: DeskFile, *, zone: str = "UTC", folder: Path | None = None) -> BackupPlan:
    """Give what to back up and where to; ``folder`` goes before the desk's setting."""
    kept = desk.get(BACKUP_FOLDER)
    return BackupPlan(data, folder=folder or (Path(kept) if kept else None), zone=zone)
