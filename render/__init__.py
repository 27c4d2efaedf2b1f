"""The film: timeline, steps, transitions, joining, captions, report."""
