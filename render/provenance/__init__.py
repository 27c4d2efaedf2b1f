"""Where a film comes from: what it is made of, said in a signed manifest inside every delivered file."""
