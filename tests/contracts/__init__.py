"""The two source contracts against arithmetic of their own."""
