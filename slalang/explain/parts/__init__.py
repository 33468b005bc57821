"""Verdicts, traces and expressions go in; the parts of an explanation tree come out."""
