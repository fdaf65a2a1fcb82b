"""Loaners and their loans."""
