"""Events that play a part in an obligation go in; cases and their verdicts come out."""
