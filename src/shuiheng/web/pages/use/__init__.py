"""The use explorer (用水分析): any grouping, any months, beside the year before."""
