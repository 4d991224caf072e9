"""Ways of looking for a signal."""
