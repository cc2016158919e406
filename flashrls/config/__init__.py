"""The learner's file of settings: what can be set, reading it, and changing it with its comments kept."""
