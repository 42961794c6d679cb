"""What several screens draw: the theme's tokens, identifiers for tests, buttons, cards, the verdict."""
