"""The lines of a contract's life and what happens go in; the term of each agreement, and the events that it makes, come out."""
