"""The schema's history, one revision a file; the program brings a database up by itself."""
