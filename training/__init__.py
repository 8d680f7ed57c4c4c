"""How the bundled model is made; README.md has one command a step."""
