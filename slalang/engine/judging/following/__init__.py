"""Rules that are judged by periods go in; what follows from them comes out as events at their instants."""
