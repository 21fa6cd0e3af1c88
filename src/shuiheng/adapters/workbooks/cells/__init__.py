"""Cells as values: what is messy but plain is taken, what could mean two things is asked back."""
