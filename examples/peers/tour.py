"""Who could help Corvia with partnerships? Four made-up states, a few of their levels."""

import numpy as np

from endocsea.assessment import Context, Method, Values, find_peers

values = Values.of(
    {
        "XAA": {"C1-01": 4, "C1-08": 2, "C1-09": 3, "C1-10": 1, "C1-11": 4, "C1-13": 3},
        "XAB": {"C1-01": 3, "C1-08": 2, "C1-09": 2, "C1-10": None, "C1-11": 2, "C1-13": 2},
        "XAC": {"C1-01": 0, "C1-08": 0, "C1-09": 1, "C1-10": 0, "C1-11": 1, "C1-13": 0},
        "XAD": {"C1-01": 2, "C1-08": None, "C1-09": 3, "C1-10": 3, "C1-11": 0, "C1-13": 1},
    }
)
themes = {
    "C1-01": "governance body",
    "C1-08": "coordination",
    "C1-09": "independent oversight",
    "C1-10": "partnerships",
    "C1-11": "partnerships",
    "C1-13": "accountability",
}
published = ~np.isnan(values.level)
published[values.units.index("XAB"), values.indicators.index("C1-09")] = False  # reviewed, not yet public

TREATIES = ("LANZ", "BUDA", "OPSC", "CRC", "OPIC")


def state(code, languages, size, *, bound_by):
    obligations = {treaty: treaty in bound_by for treaty in TREATIES}
    return Context(code=code, group="training", languages=languages, obligations=obligations, size=size)


contexts = [
    state("XAA", ["Ardenish", "Lowland Ardenish", "sign language"], 5_240_000, bound_by=TREATIES),
    state("XAB", ["Belmoran", "Corvian", "Upland Belmoran"], 3_110_000, bound_by=TREATIES[:4]),
    state("XAC", ["Corvian", "Belmoran", "Dunmerish"], 9_420_000, bound_by=TREATIES[1:4]),
    state("XAD", ["Dunmerish", "English"], 412_000, bound_by=TREATIES),
]

found = find_peers(values, published, contexts, themes, Method(), of="XAC", on="partnerships")

print(f"{found.state}, {found.on}: {found.verdict}. Missing: {dict(found.missing)}")
for peer in found.peers:
    print(f"{peer.code} holds {dict(peer.holds)}; distance {peer.distance:.3f} from {peer.known} components")
    print(f"  shared languages: {', '.join(peer.shared_languages) or 'none'} ({peer.languages:.3f})")
    print(
        f"  obligations: {peer.obligations_shared} shared, {peer.obligations_differing} differing, "
        f"of {peer.obligations_known} known in both ({peer.obligations:.3f})"
    )
    print(f"  size {peer.size:.3f}; levels {peer.levels:.3f}, from {peer.levels_known} known in both")

empty = find_peers(values, published, contexts, themes, Method(), of="XAD", on="C1-08")
print(f"{empty.state}, {empty.on}: {empty.verdict}, as {empty.why_none}.")
