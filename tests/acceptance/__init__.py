"""The practices of the field, one test per row, each with a few tables of its own."""
