"""A restatement for people."""
