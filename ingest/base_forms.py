"""Base forms of verbs that the parser's own rules get wrong: "staged" is of "stage", "overthrew" of "overthrow".

Its rules cut an ending off wherever the rest is a word, too ("stag", "hat", "rap"), or leave a form as it is that the
tagger took for a base form.
"""

# Verbs that end in e, or that double nothing, whose regular forms come out wrong.
_REGULAR = (
    "cyberattack", "fine", "gripe", "hate", "lambaste", "rage", "rape", "scapegoat", "shame", "slate", "snipe", "stage",
    "unfriend", "wage",
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
    "resupply": ("resupplied", "resupplies", "resupplying"),
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
