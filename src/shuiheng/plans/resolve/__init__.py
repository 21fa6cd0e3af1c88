"""What the words of a plan mean beyond the document: organisations, indicators, sources."""
