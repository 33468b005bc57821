"""The intermediate representation: a contract as data, and nothing else."""
