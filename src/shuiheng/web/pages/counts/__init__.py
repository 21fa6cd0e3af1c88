"""Pages of what counts for the targets of plans."""
