"""The rules of learning, as pure functions: the instant and the learner's state are arguments."""
