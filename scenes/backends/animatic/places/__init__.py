"""The places: each module says which sheets stand where, as data; no pixel is touched here."""
