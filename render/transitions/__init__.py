"""Transitions, one file each."""
