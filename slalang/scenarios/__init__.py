"""A contract's own tests: scenarios in, what came out against what was expected."""
