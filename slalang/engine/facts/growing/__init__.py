"""Signals that time itself moves go in; the instants at which they turn come out."""
