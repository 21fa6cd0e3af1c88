"""Checks on the spot: their list, one check with its evidence and orders, the form of a phone, own orders."""
