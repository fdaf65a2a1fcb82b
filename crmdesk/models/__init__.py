"""Mapped classes with behaviour, one aggregate per file."""
