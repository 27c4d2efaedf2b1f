"""Making one clip. Does not know other scenes, the film, or sound."""
