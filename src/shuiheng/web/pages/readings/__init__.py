"""Readings: the import centre and what became of each batch."""
