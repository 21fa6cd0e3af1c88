"""What was used and how well that is known: totals of any grouping, days, districts and their outlines."""
