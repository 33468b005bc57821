"""Whose each fact is, where a run knows one agreement or several."""
