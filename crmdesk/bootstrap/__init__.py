"""The composition root: settings, database, jobs, windows; every long-lived object is built here."""
