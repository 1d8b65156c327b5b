"""Small parts that pages, panels and forms are made of."""
