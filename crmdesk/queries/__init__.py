"""Selects into frozen rows; the only readers."""
