"""Placeholder that Alembic looks for; the program migrates through ``runner``."""
