"""Clips that hosted services make: what a scene asks of a model, by the table, and how it is put to a service."""
