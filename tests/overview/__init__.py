"""Plain questions to the tables."""
