"""What is known: the casebook, its log and its projection. No screen, no paper, no sentences for people."""
