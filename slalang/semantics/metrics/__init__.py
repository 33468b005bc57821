"""Metrics of the text go in; the IR's metrics with their forms come out."""
