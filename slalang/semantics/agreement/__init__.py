"""Sentences about the agreement itself go in: its life, its parties, rights and constraints; their IR comes out."""
