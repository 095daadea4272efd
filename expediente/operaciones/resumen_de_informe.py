"""Lo que hay que saber de un informe para decir sus cifras sin leer su definición."""

import json
from typing import NamedTuple

from expediente.almacen.definiciones import claves_de_informes, leer_informe
from expediente.almacen.huellas import huella_de
from expediente.almacen.perfiles import se_puede_guardar
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.informe import CASOS, Informe
from expediente.operaciones.revision_de_informes import exigir_informe_sano
from expediente.operaciones.ventanilla import Ventanilla


class Definido(NamedTuple):
    """Un informe sano, la huella de su fichero y su resumen, como se guarda en el índice."""

    informe: Informe
    huella: str
    dice: str


def definidos(v: Ventanilla) -> list[Definido]:
    """Los informes de la oficina que pueden darse ya contados.

    Los que tienen algo mal lo dirán al pedirse.
    """
    sanos = []
    for clave in claves_de_informes(v.raiz):
        huella = huella_de(ficheros=[v.raiz / "informes" / f"{clave}.yaml"])
        try:
            informe = leer_informe(v.raiz, clave)
            exigir_informe_sano(v, informe)
        except ErrorExpediente:
            continue
        if se_puede_guardar(informe):
            sanos.append(Definido(informe, huella, _resumen(informe)))
    return sanos


def _resumen(informe: Informe) -> str:
    return json.dumps(
        {
            "clave": informe.clave,
            "nombre": informe.nombre,
            "procedimientos": informe.procedimientos,
            "periodos": informe.periodos,
            "de_casos": informe.renglones == CASOS and informe.fecha is None,
            "totales": [[t.clave, t.nombre] for t in informe.totales],
            "al_corte": [t.clave for t in informe.totales if t.fecha is None],
            "grupos": [[g.clave, g.nombre] for g in informe.grupos],
        },
        ensure_ascii=False,
    )
