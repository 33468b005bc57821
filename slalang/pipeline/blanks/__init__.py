"""A contract's blanks: values files, templates, offers."""
