"""Files to values and back: decks in Markdown and what other programs write."""
