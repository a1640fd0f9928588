"""Pins the numbering of notes: by first call, once, the same for every call, and every refusal."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline import model as m
from pipeline import walk
from pipeline.notes import Definition, Mention, Seen, audit, settle
from tests.samples import call, minimal, note, own_call, own_note, p, sample, see

LABELS = st.sampled_from(["a", "b", "c", "A", "long-label", "ß", "1", "10"])


def definitions(*labels: str) -> list[Definition]:
    return [Definition(label, 10 + index, 1) for index, label in enumerate(labels)]


def mentions(*labels: str) -> list[Mention]:
    return [Mention(label, 1 + index, 5) for index, label in enumerate(labels)]


def in_table(table: int, *labels: str) -> list[Mention]:
    """Calls in the `table`-th of the tables that keep their notes."""
    return [Mention(label, 30 + index, 5, table=table) for index, label in enumerate(labels)]


def codes(seen: Seen) -> list[str]:
    return [item.code for item in settle(seen, "x.md")[1]]


def test_number_is_the_order_of_first_calls_not_of_definitions() -> None:
    numbering, problems = settle(Seen(definitions("a", "b"), mentions("b", "a", "b")), "x.md")
    assert dict(numbering.numbers) == {"b": 1, "a": 2}
    assert list(numbering.call_ids) == ["fnref:1", "fnref:2", "fnref:1:2"]
    assert numbering.calls_of("b") == ("fnref:1", "fnref:1:2")
    assert problems == ()


def test_labels_are_case_sensitive() -> None:
    numbering, _ = settle(Seen(definitions("a", "A"), mentions("A", "a")), "x.md")
    assert dict(numbering.numbers) == {"A": 1, "a": 2}


@given(st.lists(LABELS))
def test_numbering_holds_for_any_calls(labels: list[str]) -> None:
    """Numbers are 1…n without gaps in order of first calls; ids are unique."""
    called = list(dict.fromkeys(labels))
    numbering, problems = settle(Seen(definitions(*called), mentions(*labels)), "x.md")
    assert problems == ()
    assert [numbering.numbers[label] for label in called] == list(range(1, len(called) + 1))
    assert len(set(numbering.call_ids)) == len(labels)
    assert sorted(id for label in called for id in numbering.calls_of(label)) == sorted(
        str(id) for id in numbering.call_ids
    )


@given(st.lists(LABELS), st.sets(LABELS))
def test_every_call_without_a_note_and_every_note_without_a_call_is_named(
    labels: list[str], defined: set[str]
) -> None:
    _, problems = settle(Seen(definitions(*sorted(defined)), mentions(*labels)), "x.md")
    found = [item.code for item in problems]
    assert found.count("note-undefined") == sum(label not in defined for label in labels)
    assert found.count("note-uncalled") == len(defined - set(labels))
    assert len(found) == found.count("note-undefined") + found.count("note-uncalled")


def test_a_table_that_keeps_its_notes_gives_them_letters() -> None:
    """Letters begin anew in each table, and the numbers of the text go on past them."""
    calls = [
        *mentions("x"),
        *in_table(1, "b", "a", "b"),
        *mentions("y", "x"),
        *in_table(2, "c"),
    ]
    numbering, problems = settle(Seen(definitions("a", "b", "c", "x", "y"), calls), "x.md")
    assert problems == ()
    assert dict(numbering.numbers) == {"x": 1, "y": 2}
    assert {label: (one.table, one.letter) for label, one in numbering.letters.items()} == {
        "b": (1, "a"),
        "a": (1, "b"),
        "c": (2, "a"),
    }
    assert numbering.calls_of("b") == ("tnref:1:a", "tnref:1:a:2")
    assert numbering.calls_of("x") == ("fnref:1", "fnref:1:2")


@given(st.lists(st.tuples(LABELS, st.integers(0, 2))))
def test_letters_and_numbers_hold_for_any_calls(drawn: list[tuple[str, int]]) -> None:
    """Each owner counts its notes without gaps, by first calls; every call has an id of its own."""
    calls = [Mention(f"{label}{table}", 1, 1, table=table or None) for label, table in drawn]
    labels = list(dict.fromkeys(call.label for call in calls))
    numbering, problems = settle(Seen(definitions(*labels), calls), "x.md")
    assert problems == ()
    assert list(numbering.numbers.values()) == list(range(1, len(numbering.numbers) + 1))
    for table in (1, 2):
        letters = [one.letter for one in numbering.letters.values() if one.table == table]
        assert letters == list("abcdefghijklmnopqrstuvwxyz"[: len(letters)])
    assert len(set(numbering.call_ids)) == len(calls)
    assert sorted(ident for label in labels for ident in numbering.calls_of(label)) == sorted(
        str(ident) for ident in numbering.call_ids
    )


def test_a_note_has_one_owner() -> None:
    shared = Seen(definitions("a"), [*in_table(1, "a"), *mentions("a"), *in_table(2, "a")])
    numbering, problems = settle(shared, "x.md")
    assert [(item.code, item.line) for item in problems] == [
        ("note-shared", 1),
        ("note-shared", 30),
    ]
    assert list(numbering.call_ids) == ["tnref:1:a", None, None]


def test_a_reference_to_the_note_of_a_table_is_refused() -> None:
    seen = Seen(definitions("a"), in_table(1, "a"), mentions("a"))
    assert codes(seen) == ["note-reference-table"]


def test_letters_go_on_past_z() -> None:
    labels = [f"n{n}" for n in range(30)]
    numbering, _ = settle(Seen(definitions(*labels), in_table(1, *labels)), "x.md")
    found = [one.letter for one in numbering.letters.values()]
    assert found[24:] == ["y", "z", "aa", "ab", "ac", "ad"]


def test_duplicates_are_named_at_both_places() -> None:
    _, problems = settle(Seen(definitions("a", "a"), mentions("a")), "x.md")
    assert [(item.code, item.line) for item in problems] == [
        ("note-duplicate", 10),
        ("note-duplicate", 11),
    ]
    assert "line 11" in problems[0].message and "line 10" in problems[1].message


def test_empty_nested_and_dangling_are_refused() -> None:
    empty = Definition("a", 10, 1, empty=True)
    assert codes(Seen([empty], mentions("a"))) == ["note-empty"]
    nested = Mention("b", 11, 8, inside="a")
    assert codes(Seen(definitions("a", "b"), [*mentions("a", "b"), nested])) == ["note-nested"]
    assert codes(Seen(definitions("a"), mentions("a"), mentions("z"))) == ["note-reference-unknown"]


def test_a_near_label_is_offered() -> None:
    _, problems = settle(Seen(definitions("sanctions"), mentions("sanctoins")), "x.md")
    assert any("[^sanctions]" in item.hint for item in problems if item.code == "note-undefined")


def test_the_sample_is_consistent() -> None:
    assert audit(sample(), "x.json") == ()
    assert audit(minimal(), "x.json") == ()


def faults(brief: m.Brief) -> str:
    return " ".join(item.message for item in audit(brief, "x.json"))


def test_audit_names_what_was_edited_by_hand() -> None:
    brief = sample()
    first, *rest = brief.notes
    wrong = first.model_copy(update={"number": 2, "id": "fn:2"})
    assert "wrong number" in faults(brief.model_copy(update={"notes": (wrong, *rest)}))
    assert "not there" in faults(brief.model_copy(update={"notes": tuple(rest)}))
    swapped = (rest[0], first, *rest[1:])
    assert "out of order" in faults(brief.model_copy(update={"notes": swapped}))
    extra = (*brief.body, p("Again", call("plain", 4, 9)))
    assert "should be fnref:4:4" in faults(brief.model_copy(update={"body": extra}))
    crossed = (*brief.body, p("See ", see("plain", 5)))
    assert "wrong number" in faults(brief.model_copy(update={"body": crossed}))
    holding = first.model_copy(update={"blocks": (p("Call", call("plain", 4)),)})
    assert "holds a call" in faults(brief.model_copy(update={"notes": (holding, *rest)}))
    doubled = (*brief.notes, first)
    assert "have the label" in faults(brief.model_copy(update={"notes": doubled}))


def test_audit_refuses_calls_outside_the_reading_order() -> None:
    brief = sample()
    thanks = (p("Thanks", call("plain", 4, 4)),)
    metadata = brief.metadata.model_copy(update={"acknowledgements": thanks})
    assert "no note may be called" in faults(brief.model_copy(update={"metadata": metadata}))


def kept() -> tuple[m.Brief, m.Table]:
    """A brief whose only block is a table that keeps its notes."""
    table = next(
        one for one in walk.blocks_within(sample().body) if isinstance(one, m.Table) and one.notes
    )
    own = table.model_copy(update={"notes": (*table.notes[:2], own_note("early", "c", "Ibid."))})
    return minimal().model_copy(update={"body": (own,)}), own


def test_audit_names_what_was_edited_in_the_notes_of_a_table() -> None:
    brief, table = kept()
    first, second, third = table.notes

    def with_notes(*notes: m.TableNote) -> str:
        changed = table.model_copy(update={"notes": notes})
        return faults(brief.model_copy(update={"body": (changed,)}))

    assert with_notes(first, second, third) == ""
    assert "out of order" in with_notes(second, first, third)
    assert "does not agree" in with_notes(first, second)
    assert "never called" in with_notes(first, second, third, own_note("new", "d", "New."))
    fewer = second.model_copy(update={"calls": second.calls[:1]})
    assert "does not list the calls" in with_notes(first, fewer, third)
    holding = own_note("early", "c", "Ibid.", own_call("share", "a", 3))
    assert "holds a call" in with_notes(first, second, holding)
    twice = brief.model_copy(update={"notes": (note(1, "share", p("Of all.")),)})
    assert "of another note" in faults(twice)


def test_audit_refuses_the_call_of_a_table_outside_of_it() -> None:
    brief, table = kept()
    strayed = brief.model_copy(update={"body": (p("Text", own_call("share", "a", 3)), table)})
    assert "does not agree with the notes of its table" in faults(strayed)
