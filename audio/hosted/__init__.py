"""What hosted voices, music and effects share: contracts, the table's models, and reading what was bought."""
