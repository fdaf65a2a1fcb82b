"""Figures and the owner's workbook."""
