"""Progress as parts of a page: words, tables and charts that the shell, its files and the screen share."""

from flashrls.report.charts import answers, eases, forecast, hours, intervals, minutes, year
from flashrls.report.part import Paper, Part
from flashrls.report.tables import buttons, leeches, rest, retention, retention_rows
from flashrls.report.words import answers_words, card_words, day_words, minutes_words, period_words, streak_words

__all__ = [
    "Paper",
    "Part",
    "answers",
    "answers_words",
    "buttons",
    "card_words",
    "day_words",
    "eases",
    "forecast",
    "hours",
    "intervals",
    "leeches",
    "minutes",
    "minutes_words",
    "period_words",
    "rest",
    "retention",
    "retention_rows",
    "streak_words",
    "year",
]
