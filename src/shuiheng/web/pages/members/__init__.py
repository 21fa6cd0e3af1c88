"""Lists of members (名录): which rules hold, who is on a list, who entered and who left."""
