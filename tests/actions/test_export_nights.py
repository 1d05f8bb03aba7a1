"""Nights out again, in each form."""

import json
from pathlib import Path

import pytest

from noctiflora.actions import NightForm, export_nights, list_nights
from noctiflora.sample import Person
from noctiflora.sleep import nights_from_csv, nights_from_json
from noctiflora.store import Store
from tests.actions.conftest import NOW
from tests.actions.test_list_nights import fill


@pytest.mark.parametrize("form", list(NightForm))
def test_every_night_is_in_every_form(store: Store, sample: Person, tmp_path: Path, form: NightForm) -> None:
    fill(store, sample, tmp_path)
    found = list_nights(store)
    both = sorted((*found.nights, *found.naps), key=lambda n: (n.date, n.nap))
    out = export_nights(store, form, now=NOW, today=NOW.date())
    assert (out.written + out.left_out, out.veiled) == (len(both), 0)
    if form is NightForm.JSON:
        assert nights_from_json(out.text) == tuple(both)
    elif form is NightForm.CSV:
        assert [n.tst_min for n in nights_from_csv(out.text)] == [n.tst_min for n in both]
    elif form is NightForm.OMH:
        assert (
            len(json.loads(out.text)) == out.written == sum(n.onset is not None and n.offset is not None for n in both)
        )
    else:
        assert len(json.loads(out.text)["entry"]) == len(both)


def test_an_empty_store_gives_an_empty_form(store: Store) -> None:
    assert export_nights(store, NightForm.JSON, now=NOW, today=NOW.date()).text == "[]\n"
