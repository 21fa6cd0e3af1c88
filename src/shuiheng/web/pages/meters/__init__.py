"""A meter beside its readings: readings and intervals, hours of days, findings, edits."""
