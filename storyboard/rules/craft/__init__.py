"""Rules of the writing partner, who is asked by `check` alone; one file each."""
