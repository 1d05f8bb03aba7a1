"""Every product has a path of its own."""

from noctiflora.evidence import load, pool
from noctiflora.web._slug import slug


def test_no_two_products_share_a_path() -> None:
    names = [strain.key.name for strain in pool(load()).strains]
    slugs = {slug(name) for name in names}
    assert len(slugs) == len(names)
    assert all(s and set(s) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for s in slugs)
