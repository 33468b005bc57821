"""A contract and a table of names go in; the same contract under other names comes out."""
