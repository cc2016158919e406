"""Charts as plain lines of text, for the shell and the screens: no colour codes, readable at 60 cells."""

from flashrls.plots.bars import Series, Tick, bars, bars_by_ease, bars_by_hour
from flashrls.plots.bydays import bars_by_day, days_per_bar
from flashrls.plots.heatmap import heat_map
from flashrls.plots.named import interval_bins, named_bars

__all__ = [
    "Series",
    "Tick",
    "bars",
    "bars_by_day",
    "bars_by_ease",
    "bars_by_hour",
    "days_per_bar",
    "heat_map",
    "interval_bins",
    "named_bars",
]
