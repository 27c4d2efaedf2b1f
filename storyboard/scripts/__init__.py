"""Scripts as others write them, read into one neutral shape and adapted to a storyboard; and back to Fountain."""
