"""What is told of a text by its words alone: pure functions, in every script of the desks."""
