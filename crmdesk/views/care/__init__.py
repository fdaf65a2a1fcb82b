"""Callbacks and care."""
