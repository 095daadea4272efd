"""Lo que se dice de un expediente que no se contó."""

import copy
import json
import pickle

from expediente.almacen.guardado import NoContado


def test_lo_no_contado_recuerda_su_folio_aunque_se_copie() -> None:
    dicho = NoContado("EB-2026-0004", "no se entiende.")

    for otro in (dicho, copy.copy(dicho), copy.deepcopy(dicho), pickle.loads(pickle.dumps(dicho))):
        assert otro == "EB-2026-0004: no se contó. no se entiende."
        assert (otro.folio, otro.problema) == ("EB-2026-0004", "no se entiende.")
    assert json.dumps(dicho, ensure_ascii=False) == f'"{dicho}"'
