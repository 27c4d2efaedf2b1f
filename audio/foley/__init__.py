"""Effects and ambiences made of shaped noise and sines: each module one family, each function one sound."""
