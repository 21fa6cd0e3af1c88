"""What was used: readings of registers become volumes, each with its fitness.

In: effective readings of one meter (register values in whole litres at instants), its
register and the events that break it (swap, reset). Out: intervals, volumes of days and
months with the share that was measured, spread or missing, and findings. The words are
defined in docs/decisions/0010-readings-and-volumes.md.
"""
