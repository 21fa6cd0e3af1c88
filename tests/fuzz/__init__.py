"""Hostile and random input for the readers and the compiler; `python -m tests.fuzz --help`."""
