"""A line made audible: engines asked, words timed, delivery, pauses, fitting."""
