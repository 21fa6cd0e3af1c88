"""Warnings before an allowance is passed (用水预警): watching, telling, answers, decisions, the back-test."""
