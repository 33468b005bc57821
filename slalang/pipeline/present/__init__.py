"""The live view of the present."""
