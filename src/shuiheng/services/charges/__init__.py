"""Charges: runs that compute them, notices that issue them, and what is paid, waived or refunded."""
