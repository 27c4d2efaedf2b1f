"""Arithmetic that an author writes for each frame, read once into a small tree and worked out frame by frame.

Numbers, names and a fixed list of functions; nothing that is written is ever run as code. Knows no keyframes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from storyboard.errors import RenderError

LONGEST = 2000
"""Characters that one text may have."""

MOST_PARTS = 300
"""Numbers, names and operations that one text may have."""

DEEPEST = 40
"""How far brackets, powers and signs may lie within each other."""

LARGEST = 1e12
"""The largest number, either way, that may come up anywhere."""

VARIABLES: Mapping[str, str] = MappingProxyType({"t": "the frame", "s": "seconds", "max_f": "frames of the clip"})
CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in a written text: its column (from 1), what is wrong, and what mends it."""

    column: int
    what: str
    fix: str

    def __str__(self) -> str:
        """The place, the mistake and the remedy in one line."""
        return f"column {self.column}: {self.what}; {self.fix}"


class Faulty(RenderError):
    """A text cannot be read or worked out; `faults` holds all that was found, in the order of the text."""

    def __init__(self, faults: Sequence[Fault], where: str = "") -> None:
        """Tell every fault in one message: the remedy of a single one is the hint."""
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.column, fault.what)))
        begin = f"{where}: " if where else ""
        if len(self.faults) == 1:
            one = self.faults[0]
            super().__init__(f"{begin}column {one.column}: {one.what}", one.fix)
        else:
            super().__init__(begin + "".join(f"\n  {fault}" for fault in self.faults), "mend each of them")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, or a constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Variable:
    """What changes with the frame."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A sign or a function over what it is given; `column` is where it stands."""

    name: str
    given: tuple[Node, ...]
    column: int


Node = Number | Variable | Operation


def _divided(one: float, other: float) -> float:
    if other == 0:
        raise ZeroDivisionError
    return one / other


def _clipped(value: float, low: float, high: float) -> float:
    if low > high:
        raise ValueError
    return min(max(value, low), high)


_FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., float]]] = MappingProxyType(
    {
        "sin": (1, 1, math.sin),
        "cos": (1, 1, math.cos),
        "tan": (1, 1, math.tan),
        "abs": (1, 1, abs),
        "sqrt": (1, 1, math.sqrt),
        "floor": (1, 1, lambda value: float(math.floor(value))),
        "ceil": (1, 1, lambda value: float(math.ceil(value))),
        "round": (1, 1, lambda value: float(round(value))),
        "exp": (1, 1, math.exp),
        "log": (1, 1, math.log),
        "pow": (2, 2, math.pow),
        "min": (2, 16, min),
        "max": (2, 16, max),
        "clip": (3, 3, _clipped),
    }
)
"""Least and most of what each is given, and what it does. `where` is besides: it works out only one of its branches."""

_SIGNS: Mapping[str, Callable[..., float]] = MappingProxyType(
    {
        "+": lambda one, other: one + other,
        "-": lambda one, other: one - other,
        "*": lambda one, other: one * other,
        "/": _divided,
        "%": lambda one, other: one % other,
        "**": math.pow,
        "negative": lambda value: -value,
        "<": lambda one, other: float(one < other),
        "<=": lambda one, other: float(one <= other),
        ">": lambda one, other: float(one > other),
        ">=": lambda one, other: float(one >= other),
        "==": lambda one, other: float(one == other),
        "!=": lambda one, other: float(one != other),
        "&": lambda one, other: float(bool(one) and bool(other)),
        "|": lambda one, other: float(bool(one) or bool(other)),
    }
)
_COMPARED = ("<", "<=", ">", ">=", "==", "!=")
_KNOWN = ", ".join((*VARIABLES, *CONSTANTS, *_FUNCTIONS, "where"))

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/%()<>,&|])|(?P<other>\S))"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def parse(text: str, first: int = 1) -> Node:
    """Read one formula; `first` is the column at which the text begins. Raises Faulty with all that is wrong."""
    if len(text) > LONGEST:
        raise Faulty([Fault(first, f"the text has {len(text)} characters", f"write at most {LONGEST}")])
    tokens = [
        _Token(str(found.lastgroup), found[str(found.lastgroup)], first + found.start(str(found.lastgroup)))
        for found in _TOKEN.finditer(text)
    ]
    if not tokens:
        raise Faulty([Fault(first, "nothing is written", "write a number or a formula, such as 1 + 0.02*sin(t/10)")])
    if len(tokens) > MOST_PARTS:
        over = tokens[MOST_PARTS]
        raise Faulty([Fault(over.column, f"the text has {len(tokens)} parts", f"write at most {MOST_PARTS}")])
    return _Reader(tokens, first + len(text.rstrip())).read()


def value(node: Node, given: Mapping[str, float]) -> float:
    """What a formula comes to, with a value for each of its variables. Raises Faulty where it has no bounded value."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Variable):
        return given[node.name]
    if node.name == "where":
        chosen = node.given[1] if value(node.given[0], given) else node.given[2]
        return value(chosen, given)
    parts = [value(part, given) for part in node.given]
    work = _SIGNS[node.name] if node.name in _SIGNS else _FUNCTIONS[node.name][2]
    called = {"negative": "-"}.get(node.name, node.name)
    try:
        result = float(work(*parts))
    except ZeroDivisionError:
        fix = f"keep what stands behind it from being 0, for example max(0.001, ...){_moment(given)}"
        raise Faulty([Fault(node.column, f"{called} divides by 0", fix)]) from None
    except OverflowError:
        result = math.inf
    except ValueError:
        told = ", ".join(f"{part:g}" for part in parts)
        fix = f"keep it within what {called} is defined for{_moment(given)}"
        raise Faulty([Fault(node.column, f"{called} has no value for {told}", fix)]) from None
    if not abs(result) <= LARGEST:
        fix = f"keep it under {LARGEST:g}{_moment(given)}"
        raise Faulty([Fault(node.column, f"the result of {called} is too large", fix)])
    return result


def _moment(given: Mapping[str, float]) -> str:
    return f" (at frame {given['t']:g})" if "t" in given else ""


class _Reader:
    """Reads the tokens of one text by descending through the ranks of its signs."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = [*tokens, _Token("end", "", end)]
        self.place = 0
        self.depth = 0
        self.faults: list[Fault] = []

    def read(self) -> Node:
        """The whole text as a tree."""
        try:
            node = self.either()
            if self.now.kind != "end":
                raise self.unexpected()
        except Faulty as stopped:
            raise Faulty([*self.faults, *stopped.faults]) from None
        if self.faults:
            raise Faulty(self.faults)
        return node

    @property
    def now(self) -> _Token:
        return self.tokens[self.place]

    def taken(self, *signs: str) -> _Token | None:
        """The token here, if it is one of these signs or words; the reader then stands behind it."""
        token = self.now
        if token.kind in ("sign", "name") and token.text.lower() in signs:
            self.place += 1
            return token
        return None

    def chain(self, below: Callable[[], Node], *signs: str) -> Node:
        """Operations of one rank, from left to right."""
        node = below()
        while token := self.taken(*signs):
            name = {"and": "&", "or": "|"}.get(token.text.lower(), token.text)
            node = Operation(name, (node, below()), token.column)
        return node

    def either(self) -> Node:
        return self.chain(self.both, "|", "or")

    def both(self) -> Node:
        return self.chain(self.compared, "&", "and")

    def compared(self) -> Node:
        node = self.sum()
        if token := self.taken(*_COMPARED):
            node = Operation(token.text, (node, self.sum()), token.column)
            if self.now.text in _COMPARED:
                raise self.stop("comparisons cannot stand in a row", "join two with &, such as (0 < t) & (t < 9)")
        return node

    def sum(self) -> Node:
        return self.chain(self.product, "+", "-")

    def product(self) -> Node:
        return self.chain(self.signed, "*", "/", "%")

    def signed(self) -> Node:
        if token := self.taken("+", "-"):
            with_sign = self.deeper(self.signed)
            return Operation("negative", (with_sign,), token.column) if token.text == "-" else with_sign
        return self.power()

    def power(self) -> Node:
        node = self.atom()
        if token := self.taken("**"):
            node = Operation("**", (node, self.deeper(self.signed)), token.column)
        return node

    def atom(self) -> Node:
        token = self.now
        if token.kind == "number":
            self.place += 1
            number = float(token.text)
            if not number <= LARGEST:
                self.faults.append(Fault(token.column, f"{token.text} is too large", f"keep it under {LARGEST:g}"))
                return Number(0.0)
            return Number(number)
        if token.kind == "name":
            self.place += 1
            return self.called(token) if self.now.text == "(" else self.named(token)
        if self.taken("("):
            node = self.deeper(self.either)
            self.close(token)
            return node
        raise self.unexpected()

    def named(self, token: _Token) -> Node:
        name = token.text.lower()
        if name in VARIABLES:
            return Variable(name)
        if name in CONSTANTS:
            return Number(CONSTANTS[name])
        if name in _FUNCTIONS or name == "where":
            self.faults.append(Fault(token.column, f"{name} is a function", f"write {name}(...)"))
        else:
            self.faults.append(Fault(token.column, f"{token.text!r} is not known", f"there are: {_KNOWN}"))
        return Number(0.0)

    def called(self, token: _Token) -> Node:
        opened, name = self.now, token.text.lower()
        self.place += 1
        given = [self.deeper(self.either)] if self.now.text != ")" else []
        while self.taken(","):
            given.append(self.deeper(self.either))
        self.close(opened)
        if name not in _FUNCTIONS and name != "where":
            self.faults.append(Fault(token.column, f"there is no function {token.text!r}", f"there are: {_KNOWN}"))
            return Number(0.0)
        least, most = (3, 3) if name == "where" else _FUNCTIONS[name][:2]
        if not least <= len(given) <= most:
            wanted = f"{least}" if least == most else f"{least} to {most}"
            self.faults.append(Fault(token.column, f"{name} is given {len(given)} values", f"give it {wanted}"))
        return Operation(name, tuple(given), token.column)

    def deeper(self, read: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.stop(f"brackets and signs lie more than {DEEPEST} deep", "write it flatter")
        node = read()
        self.depth -= 1
        return node

    def close(self, opened: _Token) -> None:
        if self.taken(")") is None:
            if self.now.kind == "end":
                raise Faulty([Fault(opened.column, "this bracket is never closed", "add )")])
            raise self.unexpected()

    def unexpected(self) -> Faulty:
        token = self.now
        if token.kind == "end":
            return self.stop("the text ends too early", "write what is missing, or take the last sign away")
        if token.text == ")":
            return self.stop("this ) closes nothing", "take it away, or open it before")
        if token.text in ("^", "="):
            fix = "a power is written **" if token.text == "^" else "to compare is written =="
            return self.stop(f"the sign {token.text} is not known", fix)
        if token.kind in ("number", "name") or token.text == "(":
            return self.stop(f"a sign is missing before {token.text!r}", "put one of + - * / % ** between")
        return self.stop(f"{token.text!r} cannot stand here", "write numbers, names, signs and brackets")

    def stop(self, what: str, fix: str) -> Faulty:
        return Faulty([Fault(self.now.column, what, fix)])
