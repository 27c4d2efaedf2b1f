"""Samples on disk and in memory: reading, writing, filters, loudness, peaks."""
