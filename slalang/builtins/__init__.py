"""The one door from the language to Python: named pure functions over exact values."""
