"""What Cairn says by itself: due rows of the outbox are claimed, answered fresh, sent and settled."""
