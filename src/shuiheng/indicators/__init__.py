"""What the indicators of a plan come to, and whether its targets are met (指标与研判).

Pure arithmetic over named facts: definitions come from the rulebook, facts from the ledger, from cases and
from statistics. What is not known stays unknown; it is named, and never taken for 0.
"""
