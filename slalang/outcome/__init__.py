"""What an evaluation says: verdicts, metrics, ledger, rights, notices, faults and the receipt."""
