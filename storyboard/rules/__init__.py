"""The doubts about a film that can be made: one file a rule, each with its reason and examples, in two languages.

`reading` holds those that belong to every reading, `craft` those of the writing partner, who is asked by `check`. A
rule is added by adding a file with a `RULE`. Knows the resolved film, where it was written, and plain numbers.
"""
