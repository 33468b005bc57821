"""Verdicts, events and signals go in; metric values per period and key come out."""
