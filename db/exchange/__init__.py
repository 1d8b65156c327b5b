"""What leaves this desk: hand-overs to other desks, and the forms that other programs read."""
