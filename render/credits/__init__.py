"""The credits of a film: everything that it uses, with names, licences and attributions, as text and as a roll."""
