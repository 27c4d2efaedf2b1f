"""The report of a film: one page with all that a person wants to see of it, in a file that needs nothing else."""
