"""Expressions, tables and patterns of the IR go in; closures over an environment come out."""
