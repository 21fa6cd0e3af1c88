"""Planned allowances: the plan of a year for the office, an allowance for its user, applications."""
