"""Commands: the window, and everything that works without one."""
