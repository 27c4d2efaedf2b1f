"""The painter's brushes: each module paints a family of things on a sheet with skia, once per clip."""
