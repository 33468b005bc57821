"""Text in, a lossless tree of sentences out; and the formatter, which goes back."""
