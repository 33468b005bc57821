"""The words of explanations: nodes go in, sentences and table cells in English or Chinese come out."""
