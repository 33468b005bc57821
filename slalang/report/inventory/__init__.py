"""The inventory of a contract as text and as JSON."""
