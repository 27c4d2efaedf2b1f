"""Makers of clips, one file or folder each."""
