"""Instants, limits and calendars go in; elapsed time, deadlines, local dates and periods come out."""
