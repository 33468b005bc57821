"""Facts in: events, registers and bindings, checked against the contract's vocabulary, in total order."""
