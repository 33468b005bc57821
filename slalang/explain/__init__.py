"""Traces go in; explanation trees that can be checked with a pencil, in words of two languages, come out."""
