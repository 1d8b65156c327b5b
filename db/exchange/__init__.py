"""What leaves for other programs, and what comes from them: ClaimReview, tables, whole cases as JSON."""
