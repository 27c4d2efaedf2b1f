"""The looks: one table per style, and the treatment that a painted layer gets once."""
