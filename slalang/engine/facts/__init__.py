"""Events and registers go in; subjects with their signals, references and life cycles come out."""
