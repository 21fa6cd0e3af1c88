"""Shuiheng (水衡): runs a city's water-saving action plan from its text to its figures."""

__version__ = "0.1.0"
