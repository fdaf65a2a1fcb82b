"""The back office of a store: members, service, loaners, callbacks, papers, reports."""
