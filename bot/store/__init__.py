"""What Cairn remembers: SQLAlchemy, and nowhere else."""
