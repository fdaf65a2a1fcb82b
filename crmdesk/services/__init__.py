"""Verbs; the only writers."""
