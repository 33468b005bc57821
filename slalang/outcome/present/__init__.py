"""The live view of an outcome: what is open, what is due next, what can be done now, and the notices to send."""
