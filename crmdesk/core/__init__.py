"""Rules, words and types of the store; standard library only."""
