"""The whole journey: text → tree → program → outcome → explanation; commands call these functions and nothing below them."""
