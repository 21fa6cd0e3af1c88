"""Pages of the odds of targets, for staff."""
