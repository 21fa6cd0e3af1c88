"""What every reader of foreign files needs: gates for archives, fences, a child with limits.

In: bytes that nobody has looked at. Out: an archive whose directory keeps the rules, the kind
that the first bytes show, a clean name, the answer of a bounded process. What is refused is
refused by cause (`ContainerRefusedError`); each adapter gives the cause the name of its own room.
"""
