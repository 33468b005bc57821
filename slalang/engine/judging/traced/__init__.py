"""What judging tells of an occurrence in focus, for explanations."""
