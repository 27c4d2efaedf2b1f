"""Rules that belong to every reading of a storyboard; one file each."""
