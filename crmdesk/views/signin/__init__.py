"""First start, sign-in and lock."""
