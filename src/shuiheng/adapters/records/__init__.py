"""What the office keeps: plans, their versions, decisions, published rows, jobs, events.

In: nouns of the core, written by services inside one transaction. Out: rows, asked for
through the `queries_*` modules. SQLite (WAL) by default, PostgreSQL by one setting.
"""
