"""Small texts by key."""

from noctiflora.store import Store


def test_settings_are_set_changed_and_forgotten(store: Store) -> None:
    assert store.settings.get("zone") is None
    store.settings.save({"zone": "Europe/Berlin", "name": "Léna 🌙", "empty": ""})
    store.settings.save({"zone": "Asia/Tokyo"})
    assert store.settings.get("zone") == "Asia/Tokyo"
    assert store.settings.all() == {"empty": "", "name": "Léna 🌙", "zone": "Asia/Tokyo"}
    assert store.settings.remove("zone")
    assert not store.settings.remove("zone")
    assert store.settings.get("zone") is None
