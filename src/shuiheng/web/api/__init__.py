"""The interface for programs: JSON under `/api/v1/`, described by `/api/v1/openapi.json`.

Rights are those of the account; what is not in its scope answers 404. Lists are paged by
`cursor`. Changes take `If-Match` with the revision that the caller saw, and an
`Idempotency-Key`, so that a call that is sent again has the effect of one.
"""
