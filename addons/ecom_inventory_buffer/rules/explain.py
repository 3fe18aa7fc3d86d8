"""A decision as one sentence, and as the rows of a waterfall."""

from .terms import Terms

# Terms that are taken off, in the order of the sum: (name, words).
TAKEN = (
    ("reserved", "less %(units)s reserved"),
    ("waiting", "less %(units)s ordered and not reserved yet"),
    ("held", "less %(units)s held"),
    ("unimported", "less %(units)s sold there and not imported yet"),
)
# Terms that were never counted; said so that nobody looks for them.
SET_ASIDE = (
    ("quarantined", "%(units)s in quarantine"),
    ("damaged", "%(units)s damaged"),
    ("inspected", "%(units)s awaiting inspection"),
    ("travelling", "%(units)s in transit"),
    ("expired", "%(units)s expired or too close to it"),
    ("foreign", "%(units)s owned by others"),
)
FACTS = {
    "broken": "the rule cannot be applied, so the last quantity counts where stock covers it",
    "hidden": "nothing, because the rule cannot be applied",
    "late": "no more, because orders of this channel are late",
}


def figure(value):
    """A number as a person writes it: no dust, no exponent."""
    return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)


def in_english(template, values):
    return template % {name: figure(value) for name, value in values.items()}


def sentence(decision, say=in_english):
    """One readable sentence. `say(template, values)` makes words of a template: the place to translate."""
    case = decision.case
    parts = [say("%(units)s on hand", {"units": case.terms.on_hand}), *_taken(case.terms, say)]
    text = ", ".join(parts)
    if len(parts) > 1:
        text += say(": %(units)s free", {"units": case.available})
    for step, before, after in decision.steps:
        text += "; " + say(*_words(step, before, after)) + say(" = %(units)s", {"units": after})
    if case.units != 1:
        text += "; " + say("%(units)s units make one", {"units": case.units})
    text += say(". Shown: %(quantity)s", {"quantity": decision.quantity})
    text += f" ({decision.rule})." if decision.rule else "."
    aside = [say(words, {"units": getattr(case.terms, name)}) for name, words in SET_ASIDE if getattr(case.terms, name)]
    return text + (" " + say("Not counted: %(what)s.", {"what": ", ".join(aside)}) if aside else "")


def waterfall(decision, say=in_english):
    """[(words, change in units)] from what is on hand to what is shown; the changes add up to the quantity shown."""
    case = decision.case
    rows = [(say("%(units)s on hand", {"units": case.terms.on_hand}), case.terms.on_hand)]
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
