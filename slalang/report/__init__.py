"""Outcomes and explanation trees go in; text, Markdown, JSON and self-contained HTML pages come out."""
