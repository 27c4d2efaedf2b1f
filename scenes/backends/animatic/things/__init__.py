"""Things as data: what a car, a teapot or a well looks like, in strokes. Painters of sheets and of hands read it."""
