"""The service desk: intake, tickets, pick-up."""
