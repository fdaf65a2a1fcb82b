"""Cards, letters and printing."""
