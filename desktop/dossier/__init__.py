"""Paper: the PDF of one or more cases. No Qt in here."""
