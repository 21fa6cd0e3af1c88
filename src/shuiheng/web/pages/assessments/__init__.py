"""Pages on which a city rehearses how it will be assessed."""
