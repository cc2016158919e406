"""The lint: what a machine can check of a card, rule by rule."""
