"""A film on disk: workspace, fingerprints, store, step graph and runner. Does not know what a clip or a sound is."""
