"""Makers of sound, one engine a file."""
