"""Pages of indicators, official figures, and how each number came to be."""
