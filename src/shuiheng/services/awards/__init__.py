"""Rewards and subsidies for saved water: schemes, applications, checks, approval by another, payment."""
