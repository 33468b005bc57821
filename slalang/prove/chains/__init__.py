"""Whether what is promised is covered by what is bought."""
