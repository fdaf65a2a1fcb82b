"""Settings, staff and backups."""
