"""Base forms of verbs that the parser's own rules get wrong: "staged" is of "stage", "overthrew" of "overthrow".

Its rules cut an ending off wherever the rest is a word, too ("stag", "hat", "rap"), or leave a form as it is that the
tagger took for a base form.
"""

# Verbs that end in e, or that double nothing, whose regular forms come out wrong.
_REGULAR = (
    "axe", "bare", "bathe", "bide", "code", "cope", "cyberattack", "dine", "dote", "fine", "gape", "gripe", "hate",
    "hope", "jibe", "lambaste", "mate", "mope", "pale", "pare", "pine", "pipe", "plane", "plate", "premiere", "prime",
    "rage", "rape", "rate", "ride", "scapegoat", "scare", "scrape", "shame", "shine", "site", "slate", "slope", "snipe",
    "spare", "spite", "stage", "stare", "stripe", "tape", "unfriend", "wade", "wage", "wane",
)  # fmt: skip
_IRREGULAR = {
    "beset": ("beset",),
    "co-chair": ("co-chairs", "co-chaired", "co-chairing"),
    "co-found": ("co-founded",),
    "co-lead": ("co-leads", "co-led", "co-leading"),
    "decertify": ("decertified", "decertifies"),
    "forsake": ("forsook", "forsaken"),
    "overrun": ("overran",),
    "re-elect": ("re-elects", "re-elected", "re-electing"),
    "readmit": ("readmitted",),
    "overthrow": ("overthrew", "overthrown"),
    "reroute": ("rerouted", "reroutes", "rerouting"),
    "resupply": ("resupplied", "resupplies", "resupplying"),
    "route": ("routes",),
    "slay": ("slew", "slain"),
    "underwrite": ("underwrote", "underwritten"),
    "withdraw": ("withdrew", "withdrawn"),
}


def _inflect(verb: str) -> tuple[str, ...]:
    stem = verb.removesuffix("e")
    return f"{verb}s", f"{stem}ed", f"{stem}ing"


BASE_FORMS = {form: verb for verb in _REGULAR for form in _inflect(verb)} | {
    form: verb for verb, forms in _IRREGULAR.items() for form in forms
}
"""Base form by the form as written, in lower case."""
