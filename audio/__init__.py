"""Making one sound: voices, score, effects, mix. Does not know pictures."""
