"""Measurements as ratios in one run, the generators they need, and the demo."""
