"""A decision as one sentence, and as the rows of a waterfall."""

from .terms import Terms

# Terms that are taken off, in the order of the sum: (name, words).
TAKEN = (
    ("reserved", "less %(units)g reserved"),
    ("waiting", "less %(units)g ordered and not reserved yet"),
    ("held", "less %(units)g held"),
    ("unimported", "less %(units)g sold there and not imported yet"),
)
# Terms that were never counted; said so that nobody looks for them.
SET_ASIDE = (
    ("quarantined", "%(units)g in quarantine"),
    ("damaged", "%(units)g damaged"),
    ("inspected", "%(units)g awaiting inspection"),
    ("travelling", "%(units)g in transit"),
    ("expired", "%(units)g expired or too close to it"),
    ("foreign", "%(units)g owned by others"),
)
FACTS = {"minimum": "fewer than the smallest order"}


def in_english(template, values):
    return template % values


def sentence(decision, say=in_english):
    """One readable sentence. `say(template, values)` makes words of a template: the place to translate."""
    case = decision.case
    parts = [say("%(units)g on hand", {"units": case.terms.on_hand}), *_taken(case.terms, say)]
    text = ", ".join(parts)
    if len(parts) > 1:
        text += say(": %(units)g free", {"units": case.available})
    for step, before, after in decision.steps:
        text += "; " + say(*_words(step, before, after)) + say(" = %(units)g", {"units": after})
    if case.units != 1:
        text += "; " + say("%(units)g units make one", {"units": case.units})
    text += say(". Shown: %(quantity)d (%(rule)s).", {"quantity": decision.quantity, "rule": decision.rule})
    aside = [say(words, {"units": getattr(case.terms, name)}) for name, words in SET_ASIDE if getattr(case.terms, name)]
    return text + (" " + say("Not counted: %(what)s.", {"what": ", ".join(aside)}) if aside else "")


def waterfall(decision, say=in_english):
    """[(words, change in units)] from what is on hand to what is shown; the changes add up to the quantity shown."""
    case = decision.case
    rows = [(say("%(units)g on hand", {"units": case.terms.on_hand}), case.terms.on_hand)]
    rows += [
        (say(words, {"units": getattr(case.terms, name)}), -getattr(case.terms, name))
        for name, words in TAKEN
        if getattr(case.terms, name)
    ]
    rows += [(say(*_words(step, before, after)), after - before) for step, before, after in decision.steps]
    rest = decision.quantity - sum(change for _words_, change in rows)
    if abs(rest) > 1e-6:
        rows.append((say("whole listings, never below zero", {}), rest))
    return rows


def _taken(terms: Terms, say):
    return [say(words, {"units": getattr(terms, name)}) for name, words in TAKEN if getattr(terms, name)]


def _words(step, before, after):
    return (FACTS[step], {}) if isinstance(step, str) else step.words(before, after)
