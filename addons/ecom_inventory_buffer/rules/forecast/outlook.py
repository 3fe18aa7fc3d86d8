"""Weekly sales -> what the next weeks bring.

    forecast of a week  =  level  x  season of that week

The level is simple exponential smoothing (R. G. Brown, 1956) of the sales with their season taken out: each week moves
it by a fifth of what it was off. One sentence explains it to a merchant: "about 12 a week lately, and the weeks ahead
are usually 30 % busier". What it is worth is told by `held_back`.
"""

import datetime
from typing import NamedTuple

from .season import NO_SEASON, learn_season, since_first_sale, week_of_year

SMOOTHING = 0.2
# The level begins at the average of the first weeks since the product sells.
FIRST_WEEKS = 8
# What is not sold for so long says nothing of the present any more.
HELD_BACK = 12


class Outlook(NamedTuple):
    """What is expected of one product at one place.

    level       units a week at a usual time of the year
    season      53 factors (season.py)
    last        a day in the last week that was seen
    error       mean absolute error a week over the weeks held back, each forecast from the weeks before it; in units
    naive       the same error of the plainest forecast, "as last week"
    spread      variance of a week's error
    sold        units sold a week over the weeks held back
    """

    level: float
    season: tuple = NO_SEASON
    last: datetime.date = datetime.date(2000, 1, 3)
    error: float = 0.0
    naive: float = 0.0
    spread: float = 0.0
    sold: float = 0.0

    @property
    def error_percent(self):
        """Of what was sold, in whole percent; None: nothing was."""
        return round(100 * self.error / self.sold) if self.sold else None

    def units(self, days, after=0):
        """Expected in so many days, from `after` days ahead on."""
        return sum(
            self.level / 7 * self.season[week_of_year(self.last + datetime.timedelta(days=7 + after + day))]
            for day in range(int(days))
        )

    def busier(self, days):
        """How much busier the next days usually are: 1.3 is 30 % more."""
        return self.units(days) / (self.level * days / 7) if self.level and days else 1.0


def look_ahead(weeks, last, season=None):
    """The Outlook after these weeks.

    weeks   units sold in each week, oldest first; weeks before the first sale do not count against it
    season  factors learnt elsewhere, from the product's category; None: from these weeks
    """
    weeks = since_first_sale(weeks)
    season = learn_season(weeks, last) if season is None else season
    levels = _levels(weeks, last, season)
    if not levels:
        return Outlook(0.0, season, last)
    tested = range(max(FIRST_WEEKS, len(weeks) - HELD_BACK), len(weeks))
    errors = [weeks[at] - levels[at] * _factor(season, last, len(weeks) - 1 - at) for at in tested]
    naive = [abs(weeks[at] - weeks[at - 1]) for at in tested]
    if not errors:
        return Outlook(levels[-1], season, last, spread=levels[-1])
    return Outlook(
        level=levels[-1],
        season=season,
        last=last,
        error=sum(map(abs, errors)) / len(errors),
        naive=sum(naive) / len(naive),
        spread=sum(error * error for error in errors) / len(errors),
        sold=sum(weeks[at] for at in tested) / len(errors),
    )


def _levels(weeks, last, season):
    """[at] is the level known before week `at`; the last one is that of today."""
    calm = [units / _factor(season, last, len(weeks) - 1 - at) for at, units in enumerate(weeks)]
    if not calm:
        return []
    begin = calm[:FIRST_WEEKS]
    level = sum(begin) / len(begin)
    levels = [level] * len(begin)
    for units in calm[FIRST_WEEKS:]:
        levels.append(level)
        level += SMOOTHING * (units - level)
    return [*levels, level]


def _factor(season, last, ago):
    return max(0.05, season[week_of_year(last - datetime.timedelta(weeks=ago))])
