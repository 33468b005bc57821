"""Two outcomes of one contract: what changed between them, what that comes to in money, and what is posted for it."""
