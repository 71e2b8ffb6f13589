"""What is due becomes rows of the outbox: which series fire, and what is then said."""
