"""Limits and policies of a rule go in; due instants, changes while a case is open, and projected deadlines come out."""
