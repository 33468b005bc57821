"""What a live view asks an evaluator beside its outcome."""
