"""Members: list, page, import."""
