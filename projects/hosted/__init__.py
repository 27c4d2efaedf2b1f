"""Buying from hosted services: the table of services, the ledger, and the one way in which a paid job is done."""
