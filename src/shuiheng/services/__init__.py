"""One use case per file: permission, transaction, event.

In: an actor and plain values from pages, API or CLI. Out: rows that were written, or a
named error (`services.errors`). Nothing above this room writes.
"""
