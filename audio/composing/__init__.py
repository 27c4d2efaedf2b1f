"""How the built-in composer writes: bars, form, motifs and the parts of a piece."""
