"""Proofs about a contract before anyone signs it: exact sweeps over its tables and amounts; nothing is sampled at random, nothing is a float."""
