"""Use cases of readings: taking them in, settling them, undoing a batch.

Whatever brings readings (a file, a call, a broker) leaves a batch in the records with its file kept;
the worker, the one writer of the store, checks it, takes it in and settles the months that it touches.
"""
