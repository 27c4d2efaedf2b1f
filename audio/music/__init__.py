"""Music that is not composed here: files and models, cut and joined at beats and bars."""
