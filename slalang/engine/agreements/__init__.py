"""Which agreements there are, whose a subject is, and from when each is known."""
