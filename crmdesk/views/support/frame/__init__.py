"""Parts of the main window: rail, top bar, status strip."""
