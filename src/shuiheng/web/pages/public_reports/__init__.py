"""Pages on which the office deals with reports by the public; a unit sees and answers what was sent to it."""
