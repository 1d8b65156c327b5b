"""What is told of a picture, what is drawn of it, and where it was seen before."""
