"""Metric values and verdicts go in; ledger lines and rights come out."""
