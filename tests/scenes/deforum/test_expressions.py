"""Formulas: read as Python reads arithmetic, worked out within bounds, never run as code."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenes.backends.deforum.expressions import DEEPEST, LARGEST, LONGEST, Faulty, parse, value

GIVEN = {"t": 7.0, "s": 0.5, "max_f": 48.0}
_CALLS: dict[str, Callable[..., float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "abs": abs,
    "sqrt": math.sqrt,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "exp": math.exp,
    "log": math.log,
    "pow": math.pow,
    "min": min,
    "max": max,
}
_SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Mod: lambda a, b: a % b,
    ast.Pow: math.pow,
}


def reference(node: ast.AST) -> float:
    """What Python's own tree of the same text comes to; raises ArithmeticError or ValueError where it does not."""
    result = _reference(node)
    if not abs(result) <= LARGEST:
        raise OverflowError
    return float(result)


def _reference(node: ast.AST) -> float:
    match node:
        case ast.Expression(body=body):
            return reference(body)
        case ast.Constant(value=number):
            return float(str(number))
        case ast.Name(id=name):
            return {**GIVEN, "pi": math.pi, "e": math.e}[name]
        case ast.UnaryOp(operand=operand):
            return -reference(operand)
        case ast.BinOp(left=left, op=sign, right=right):
            return _SIGNS[type(sign)](reference(left), reference(right))
        case ast.Compare(left=left, ops=[ast.Lt()], comparators=[right]):
            return float(reference(left) < reference(right))
        case ast.Call(func=ast.Name(id="where"), args=[condition, one, other]):
            return reference(one if reference(condition) else other)
        case ast.Call(func=ast.Name(id=name), args=args):
            return float(_CALLS[name](*(reference(arg) for arg in args)))
    raise AssertionError(ast.dump(node))


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sign = st.sampled_from(["+", "-", "*", "/", "%", "**", " + ", " - ", " ** "])
    return st.one_of(
        st.tuples(inner, sign, inner).map("".join),
        st.tuples(inner, sign, inner, sign, inner).map("".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"-{text}"),
        st.tuples(st.sampled_from(["sin", "cos", "abs", "sqrt", "floor", "ceil", "round", "exp", "log"]), inner).map(
            lambda pair: f"{pair[0]}({pair[1]})"
        ),
        st.tuples(st.sampled_from(["pow", "min", "max"]), inner, inner).map(
            lambda one: f"{one[0]}({one[1]}, {one[2]})"
        ),
        st.tuples(inner, inner, inner, inner).map(lambda one: f"where({one[0]} < {one[1]}, {one[2]}, {one[3]})"),
    )


FORMULAS = st.recursive(
    st.sampled_from(["0", "1", "2", "3.5", ".25", "10", "1e3", "t", "s", "max_f", "pi", "e"]), _deeper, max_leaves=12
)


@settings(max_examples=400, deadline=None)
@given(FORMULAS)
def test_as_python_reads_it(text: str) -> None:
    """A formula comes to what Python's grammar and arithmetic make of it, or is refused where those have no value."""
    tree = ast.parse(text, mode="eval")
    node = parse(text)
    try:
        wanted = reference(tree)
    except (ArithmeticError, ValueError):
        with pytest.raises(Faulty):
            value(node, GIVEN)
        return
    assert value(node, GIVEN) == pytest.approx(wanted, rel=1e-12, abs=1e-12)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="01t+-*/%(),<=&|.e sinmax", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever is written gives a bounded number or a refusal with a place within the text and a remedy."""
    try:
        found = value(parse(text), GIVEN)
    except Faulty as refused:
        faults = refused.faults
    else:
        assert abs(found) <= LARGEST
        return
    assert faults
    assert all(1 <= fault.column <= len(text) + 1 and fault.what and fault.fix for fault in faults)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("-2**2", -4.0),
        ("2**3**2", 512.0),
        ("2**-1", 0.5),
        ("7 - 2 - 1", 4.0),
        ("-7 % 3", 2.0),
        ("1.02+0.02*sin(2*3.14*t/20)", 1.02 + 0.02 * math.sin(2 * 3.14 * 7 / 20)),
        ("clip(t, 0, 5)", 5.0),
        ("where(t > 3 & t < 9, 1, 2)", 1.0),
        ("where((t < 3) or (t == 7), 1, 2)", 1.0),
        ("where(t < 3 and 1/0, 1, 2)", None),
        ("where(t > 3, 1, 1/0)", 1.0),
        ("SIN(0) + T", 7.0),
        ("round(2.6) + floor(-0.5) + ceil(0.2) + min(4, 2, 3)", 5.0),
    ],
)
def test_known_answers(text: str, wanted: float | None) -> None:
    """Ranks of signs, names in any case, and branches that are not taken are not worked out."""
    if wanted is None:
        with pytest.raises(Faulty):
            value(parse(text), GIVEN)
    else:
        assert value(parse(text), GIVEN) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("", 1, "nothing is written"),
        ("1 +", 4, "ends too early"),
        ("(1 + 2", 1, "never closed"),
        ("1 + 2)", 6, "closes nothing"),
        ("2t", 2, "a sign is missing"),
        ("2 ^ 3", 3, "not known"),
        ("3 + tt", 5, "'tt' is not known"),
        ("1 + sin", 5, "is a function"),
        ("sun(1)", 1, "no function"),
        ("max(1)", 1, "is given 1"),
        ("0 < t < 5", 7, "in a row"),
        ("1e999", 1, "too large"),
        ("t.__class__", 2, "cannot stand here"),
        ("__import__('os')", 12, "cannot stand here"),
        ("१", 1, "cannot stand here"),
    ],
)
def test_mistakes_have_their_place(text: str, column: int, what: str) -> None:
    """A text that cannot be read is refused at the column of the mistake."""
    with pytest.raises(Faulty) as refused:
        parse(text)
    assert refused.value.faults[0].column == column
    assert what in refused.value.faults[0].what


def test_all_unknown_names_at_once() -> None:
    """Names that are not known, wrong counts and large numbers of one formula are told together."""
    with pytest.raises(Faulty) as refused:
        parse("foo + bar(1) + sin(1, 2) + 1e300")
    assert [fault.column for fault in refused.value.faults] == [1, 7, 16, 28]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1 / (t - 7)", "divides by 0"),
        ("t % 0", "divides by 0"),
        ("9**9**9", "too large"),
        ("exp(10000)", "too large"),
        ("sqrt(-t)", "no value for -7"),
        ("(-8)**0.5", "no value"),
        ("log(0)", "no value"),
        ("clip(1, 3, 2)", "no value"),
    ],
)
def test_no_bounded_value(text: str, what: str) -> None:
    """What has no value, or none within bounds, is refused with the frame."""
    with pytest.raises(Faulty, match=what) as refused:
        value(parse(text), GIVEN)
    assert "at frame 7" in refused.value.hint


@pytest.mark.parametrize(
    "text",
    ["(" * 1500 + "1" + ")" * 400, "(" * 140 + "1" + ")" * 140, "-" * 290 + "1", "2**" * 140 + "1", "1+" * 5000 + "1"],
)
def test_hostile_size(text: str) -> None:
    """Texts that are too long, too many or too deep are refused before anything is worked out."""
    with pytest.raises(Faulty):
        parse(text)


def test_the_largest_that_is_allowed() -> None:
    """A text just within the limits is read and worked out."""
    assert value(parse("+".join(["1"] * 150)), GIVEN) == 150.0
    assert value(parse("(" * DEEPEST + "t" + ")" * DEEPEST), GIVEN) == 7.0
    assert value(parse("1" + " " * (LONGEST - 1)), GIVEN) == 1.0
