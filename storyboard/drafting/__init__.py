"""A first storyboard by a language model: what it is told, what it may write, and how what it wrote is repaired.

Pure: the model itself is somebody else's business.
"""
