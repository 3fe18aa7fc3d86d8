"""Invented buyers. Towns and postcodes exist, people, streets and companies do not; mail goes to example domains.

Telephone numbers come from ranges that are kept free for fiction where a country has one.
"""

from random import Random
from unicodedata import normalize

from .profile import Habits

REGULARS = 300

# country: (language, given names, family names, streets with {n}, (postcode, town, state)..., telephone with {n})
COUNTRIES = {
    "AT": (
        "de-AT",
        "Anna Lukas Sophie Jakob Lena Tobias Marie Felix Katharina Maximilian",
        "Gruber Huber Bauer Wagner Pichler Steiner Moser Mayer Hofer Leitner",
        ("Almweg {n}", "Lindengasse {n}", "Am Mühlbach {n}", "Kirchensteig {n}/4"),
        (("1070", "Wien", ""), ("8010", "Graz", ""), ("6020", "Innsbruck", ""), ("5020", "Salzburg", "")),
        "+43 1 0000{n:03d}",
    ),
    "DE": (
        "de-DE",
        "Emma Ben Mia Paul Hannah Leon Jürgen Sabine Stefan Ursula",
        "Müller Schmidt Schneider Fischer Weber Meyer Schäfer Köhler Groß Vogel",
        ("Birkenallee {n}", "Am Anger {n}", "Rosenstraße {n}", "Hinterm Deich {n} b"),
        (("10115", "Berlin", ""), ("80331", "München", ""), ("20095", "Hamburg", ""), ("50667", "Köln", "")),
        "+49 30 23125 {n:03d}",
    ),
    "FR": (
        "fr-FR",
        "Camille Hugo Léa Louis Chloé Jules Inès Théo François Hélène",
        "Martin Bernard Dubois Lefèvre Moreau Garnier Chevalier Gauthier Rousseau d'Arcy",
        ("{n} rue des Tilleuls", "{n} bis allée du Moulin", "{n} chemin de l'Étang"),
        (("69002", "Lyon", ""), ("31000", "Toulouse", ""), ("75011", "Paris", ""), ("38000", "Grenoble", "")),
        "+33 1 99 00 {n:03d}",
    ),
    "IT": (
        "it-IT",
        "Giulia Lorenzo Sofia Matteo Chiara Davide Francesca Niccolò",
        "Rossi Ferrari Esposito Bianchi Ricci Marino Conti D'Angelo",
        ("Via dei Glicini {n}", "Viale del Bosco {n}", "Vicolo Stretto {n}"),
        (("39100", "Bolzano", "BZ"), ("20121", "Milano", "MI"), ("10121", "Torino", "TO"), ("50122", "Firenze", "FI")),
        "+39 02 0000 {n:03d}",
    ),
    "NL": (
        "nl-NL",
        "Daan Emma Sem Tess Lars Saar Bram Lotte",
        "Jansen Bakker Visser Smit Meijer Mulder Peters Hendriks",
        ("Wilgenpad {n}", "Lange Brug {n}", "Molenwerf {n}-II"),
        (("1012 AB", "Amsterdam", ""), ("3511 AA", "Utrecht", ""), ("6211 AA", "Maastricht", "")),
        "+31 20 000 0{n:03d}",
    ),
    "ES": (
        "es-ES",
        "Lucía Hugo Martina Mateo María Álvaro Begoña Iñaki",
        "García Fernández López Muñoz Ibáñez Peña Serrano Castaño",
        ("Calle del Almendro {n}, 2º", "Paseo de la Sierra {n}", "Avenida del Río {n}"),
        (("28013", "Madrid", "M"), ("08002", "Barcelona", "B"), ("48001", "Bilbao", "BI")),
        "+34 910 000 {n:03d}",
    ),
    "CH": (
        "de-CH",
        "Noah Mia Luca Elena Urs Reto Beat Seraina",
        "Keller Brunner Zürcher Ammann Frei Baumann Caduff Bühler",
        ("Seeweg {n}", "Bergstrasse {n}", "Im Rank {n}"),
        (("8001", "Zürich", "ZH"), ("3011", "Bern", "BE"), ("7000", "Chur", "GR")),
        "+41 44 000 0{n:03d}",
    ),
    "GB": (
        "en-GB",
        "Olivia George Amelia Harry Isla Jack Freya Alfie",
        "Smith Jones Taylor Brown Evans Walker O'Brien Wright",
        ("{n} Orchard Rise", "Flat 3, {n} Mill Lane", "{n} Fell View"),
        (("LA22 9AB", "Ambleside", ""), ("EH1 1YZ", "Edinburgh", ""), ("SW1A 9ZZ", "London", "")),
        "+44 20 7946 0{n:03d}",
    ),
    "US": (
        "en-US",
        "Liam Olivia Noah Emma Mason Ava Ethan Zoe",
        "Johnson Williams Miller Davis Garcia Nguyen Anderson Clark",
        ("{n} Juniper Ridge Rd", "{n} Old Mill St Apt 5", "{n} Larkspur Ave"),
        (("80302", "Boulder", "CO"), ("97205", "Portland", "OR"), ("05401", "Burlington", "VT")),
        "+1 303-555-0{n:03d}",
    ),
}
ABROAD = ("DE",) * 9 + ("IT",) * 3 + ("FR",) * 3 + ("NL",) * 2 + ("ES", "CH", "CH", "GB", "US")
EUROPEAN_UNION = frozenset(("AT", "DE", "FR", "IT", "NL", "ES"))
COMPANIES = ("Bergwerk Verleih", "Gipfelhaus", "Nordwand Guides", "Hüttenbetriebe Süd", "Atelier Rando", "Trail Co-op")
# Numbers with valid check digits as they stand in textbooks.
VAT_NUMBERS = {"AT": "ATU12345675", "DE": "DE123456788", "IT": "IT12345670017", "NL": "NL123456782B12"}


def address(chance: Random, country: str) -> dict:
    """One address with its person, in the shop's format."""
    _, given, family, streets, towns, telephone = COUNTRIES[country]
    postcode, town, state = chance.choice(towns)
    return {
        "name": f"{chance.choice(given.split())} {chance.choice(family.split())}",
        "company": "",
        "vat": "",
        "street": chance.choice(streets).format(n=chance.randrange(1, 180)),
        "street2": "",
        "city": town,
        "postcode": postcode,
        "state": state,
        "country": country,
        "phone": telephone.format(n=chance.randrange(100, 200)),
    }


def regular(seed: str, number: int, home: str, habits: Habits) -> dict:
    """Buyer `number` of the shop of that seed, always the same one: {buyer, bill_to, ship_to}."""
    return _person(Random(f"{seed}:buyer:{number}"), home, habits, f"{7000 + number}")


def somebody(chance: Random, seed: str, home: str, habits: Habits) -> dict:
    """A guest never seen before, or one of the regulars; few of them buy often."""
    if chance.random() < habits.guest:
        return _person(chance, home, habits, "")
    return regular(seed, int(REGULARS * chance.random() ** 2), home, habits)


def _person(chance: Random, home: str, habits, external_id: str) -> dict:
    country = home if chance.random() < habits.home or home not in COUNTRIES else chance.choice(ABROAD)
    country = country if country in COUNTRIES else "AT"
    bill_to = address(chance, country)
    if chance.random() < habits.company:
        bill_to["company"] = f"{chance.choice(COMPANIES)} {chance.choice(('GmbH', 'KG', 'Ltd', 'SAS'))}"
        bill_to["vat"] = VAT_NUMBERS.get(country, "")
    buyer = {
        "id": external_id,
        "email": _email(bill_to["name"], external_id or str(chance.randrange(10_000, 10_000_000))),
        "name": bill_to["name"],
        "phone": bill_to["phone"] if chance.random() < 0.7 else "",
        "company": bill_to["company"],
        "vat": bill_to["vat"],
        "language": COUNTRIES[country][0],
        "accepts_marketing": chance.random() < 0.3,
        "tags": _tags(external_id, bill_to),
    }
    ship_to = address(chance, country) if chance.random() < habits.two_addresses else bill_to
    return {"buyer": buyer, "bill_to": bill_to, "ship_to": ship_to}


def _tags(external_id: str, bill_to: dict) -> list[str]:
    """The first regulars of a shop are its best customers."""
    tags = ["Wholesale"] if bill_to["company"] else []
    return [*tags, "VIP"] if external_id and int(external_id) < 7020 else tags


def _email(name: str, number: str) -> str:
    letters = normalize("NFKD", name.lower().replace("ß", "ss"))
    plain = "".join(letter for letter in letters if letter.isascii() and (letter.isalpha() or letter == " "))
    return f"{plain.replace(' ', '.')}.{number}@example.com"
