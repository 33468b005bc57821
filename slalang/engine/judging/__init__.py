"""Cases as they stand at an instant go in; verdicts come out."""
