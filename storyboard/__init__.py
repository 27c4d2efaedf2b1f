"""The written film: words and time. Knows no disk layout, processes, models or pixels."""
