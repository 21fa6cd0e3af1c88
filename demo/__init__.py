"""The demo city's documents: their source, and what builds them. Not part of the installed program."""
