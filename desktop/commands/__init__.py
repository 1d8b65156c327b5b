"""The commands of the terminal, by what they do. No Qt in here."""
