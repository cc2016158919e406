"""A long text for tests and benches."""

from __future__ import annotations

import random

_SUBJECTS = (
    "the sleeping brain", "a tired learner", "each memory", "slow oscillation", "the hippocampus", "Dr. Weber",
    "every spindle", "the night shift", "an early lesson", "the cortex", "a long nap", "the control group",
)  # fmt: skip
_VERBS = (
    "strengthens", "may weaken", "rarely changes", "follows", "depends on", "is compared with", "replays", "limits",
    "cannot replace", "predicts", "is measured by", "slowly forgets",
)  # fmt: skip
_OBJECTS = (
    "the traces of the day", "new words", "a list of 20 names", "the first half of the night", "old habits",
    "recall after 3.5 hours", "the rhythm of sleep", "what was learnt twice", "the results of Fig. 2",
    "motor skills", "attention on the next morning", "a short test",
)  # fmt: skip
_ENDINGS = (
    "in most people", "as several studies suggest", "without any effort", "(see p. 12)", "under these conditions",
    "at about 5 a.m. on weekdays", "in the U.S. and elsewhere", "for a week or longer", "when nothing disturbs it",
)  # fmt: skip
_TOPICS = ("Sleep", "Memory", "Forgetting", "Attention", "Rhythm", "Learning", "Practice", "Recall", "Dreams")


def long_text(words: int, seed: int) -> str:
    """Return a plain text of about `words` words, at least that many, always the same for the same `seed`.

    It has a title, a heading of at most five words every eight paragraphs, and paragraphs of three to
    seven sentences; hardly any two sentences are the same.
    """
    chance = random.Random(seed)
    blocks = [f"{chance.choice(_TOPICS)} and {chance.choice(_TOPICS)}: A Long Text"]
    count = len(blocks[0].split())
    while count < words:
        if len(blocks) % 9 == 1:
            blocks.append(f"{chance.choice(_TOPICS)} in Part {len(blocks) // 9 + 1}")
        else:
            blocks.append(" ".join(_sentence(chance) for _ in range(chance.randint(3, 7))))
        count += len(blocks[-1].split())
    return "\n\n".join(blocks) + "\n"


def _sentence(chance: random.Random) -> str:
    subject, verb, what, ending = (chance.choice(words) for words in (_SUBJECTS, _VERBS, _OBJECTS, _ENDINGS))
    sentence = f"{subject} {verb} {what} {ending} in {chance.randint(2, 999)} of {chance.randint(1000, 9999)} cases"
    return f"{sentence[0].upper()}{sentence[1:]}{chance.choice('....!?')}"
