"""The reference evaluator: versions of a contract, ordered events, registers and settings in; an outcome comes out."""
