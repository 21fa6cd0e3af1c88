"""Pages of rewards and subsidies: schemes, applications, decisions, payments."""
