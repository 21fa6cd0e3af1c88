"""The rulebook (规则库): its values by place and day, their sources, checks and proposals."""
