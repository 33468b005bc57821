"""Verdicts, metrics and events go in; single changes of fact that would flip them, worked out exactly, come out."""
