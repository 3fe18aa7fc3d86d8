"""Months by name, in the languages in which marketplaces write their reports."""

NAMES = (
    "january february march april may june july august september october november december",  # English
    "januar februar märz april mai juni juli august september oktober november dezember",  # German
    "jänner feber marz april mai juni juli august september oktober november dezember",  # Austrian
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",  # French
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",  # Spanish
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",  # Italian
    "januari februari maart april mei juni juli augustus september oktober november december",  # Dutch
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",  # Portuguese
    "januari februari mars april maj juni juli augusti september oktober november december",  # Swedish
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",  # Polish
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",  # Turkish
)
SHORTER = {"mrz": 3, "mär": 3, "févr": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "déc": 12, "mrt": 3, "paź": 10}
SHORTEST = 3


def _known() -> dict[str, int]:
    """Full names and their first letters, where these mean one month whatever the language."""
    full = {name: number for row in NAMES for number, name in enumerate(row.split(), 1)}
    short: dict[str, set[int]] = {}
    for name, number in full.items():
        for length in range(SHORTEST, min(len(name), 6)):
            short.setdefault(name[:length], set()).add(number)
    return {**{word: numbers.pop() for word, numbers in short.items() if len(numbers) == 1}, **full, **SHORTER}


KNOWN = _known()


def month(word: str) -> int:
    """1 to 12, 0 for a word that is no month."""
    return KNOWN.get(word.rstrip(".").casefold(), 0)
