"""Pages of kinds of programmes: all kinds, one kind as its officer reads it, and versions of a city."""
