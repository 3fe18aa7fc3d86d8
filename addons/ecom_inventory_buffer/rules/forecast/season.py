"""How busy each week of the year is: ratio to the moving average of a whole year around it.

The oldest plain method (F. R. Macaulay, The Smoothing of Time Series, 1931): a trend cannot pass for a season, since
the average of 26 weeks before and 26 after moves along with it. It needs two years; with less, no season is claimed.
"""

import datetime

YEAR = 52
# Sales of the two weeks before and after count as well: holidays move from year to year.
AROUND = 2
# As if so many units had been sold at the usual pace in each week of the year: few sales make no season.
BELIEF = 20.0

NO_SEASON = (1.0,) * (YEAR + 1)


def week_of_year(day: datetime.date) -> int:
    """0 to 52: whole weeks since New Year."""
    return (day.timetuple().tm_yday - 1) // 7


def learn_season(weeks, last):
    """53 factors with mean 1, by `week_of_year`.

    weeks   units sold in each week, oldest first, of anything that shares the season: a product, or its category;
            weeks before the first sale say nothing
    last    date of a day within the last of them
    """
    half, weeks = YEAR // 2, since_first_sale(weeks)
    if len(weeks) < 2 * YEAR:
        return NO_SEASON
    sold, usual = [BELIEF] * (YEAR + 1), [BELIEF] * (YEAR + 1)
    for position in range(half, len(weeks) - half):
        around = weeks[max(0, position - AROUND) : position + AROUND + 1]
        place = week_of_year(last - datetime.timedelta(weeks=len(weeks) - 1 - position))
        sold[place] += sum(around) / len(around)
        usual[place] += _yearly_average(weeks, position)
    factors = [one / other for one, other in zip(sold, usual, strict=True)]
    mean = sum(factors) / len(factors)
    return tuple(factor / mean for factor in factors)


def since_first_sale(weeks):
    first = next((at for at, units in enumerate(weeks) if units > 0), len(weeks))
    return list(weeks[first:])


def _yearly_average(weeks, position):
    """Of 52 weeks centred on one: the two at the ends count half."""
    half = YEAR // 2
    year = weeks[position - half : position + half + 1]
    return (sum(year) - (year[0] + year[-1]) / 2) / YEAR
