"""The allowance year (计划用水): rounds, proposals, notices, changes and their decisions."""
