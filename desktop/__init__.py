"""How a casebook is shown: on screen, on paper and in a terminal."""
