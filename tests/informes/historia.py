"""Lo que constaba de un caso al cerrar un día, sacado de su fichero a la vista de cualquiera.

Se lee con yaml puro y se repasa desde cero cada vez: es lento y no se parece en nada a los
tramos. Del programa sólo toma prestado lo que tiene sus propias pruebas y no es cuenta:
qué pasos tocan, los papeles, los plazos y los recordatorios.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from expediente.nucleo.caso import leer_actuaciones
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.hechos import hechos_de
from expediente.nucleo.plazos import vencimientos
from expediente.nucleo.repaso import repasar
from tests.informes.cuaderno import TERMINAN, Cuaderno, llave
from tests.informes.lectura import Expediente, Hechos, Oficina, Suceso

MUEVEN = (
    "avance", "fallecimiento", "reapertura", "prevencion", "suspension", "reanudacion", "prorroga",
    "reasignacion", *TERMINAN,
)  # fmt: skip
PAPELES = {"emitido": "Autorizado", "entregado": "Entregado", "cancelado": "Cancelado"}


@dataclass(frozen=True)
class Consta:
    """Lo que se sabía de un caso al cerrar un día, y los cierres y reaperturas que llevaba."""

    abierto: bool
    hechos: Hechos
    papeles: Sequence[Hechos]
    vence: datetime | None
    cierres: Sequence[date]
    reaperturas: Sequence[date]
    hubo_algo: bool


def dia_de(escrito: str, zona: tzinfo | None) -> date:
    """El día, en ese huso, de un momento escrito."""
    return datetime.fromisoformat(escrito).astimezone(zona).date()


@lru_cache(maxsize=20_000)
def constaba(o: Oficina, e: Expediente, dia: date, al: datetime) -> Consta | None:
    """Lo que constaba al cerrar el día, de lo capturado hasta `al`; None si no se recibía."""
    vistos = [
        s
        for s in e.sucesos
        if datetime.fromisoformat(s["capturado"]) <= al and dia_de(s["ocurrio"], o.zona) <= dia
    ]
    if not vistos or vistos[0]["tipo"] != "apertura":
        return None
    deshechos = {
        numero
        for s in e.sucesos
        if s["tipo"] == "deshecho" and (s in vistos or _corrigio(s, vistos, al))
        for numero in s["detalle"]["deshace"].split()
    }
    hubo_algo = any(dia_de(s["ocurrio"], o.zona) == dia for s in vistos)
    valen = [s for s in vistos if s["numero"] not in deshechos]
    regla = o.regla(e.procedimiento)
    cuaderno = Cuaderno(regla)
    for suceso in valen:
        cuaderno.apuntar(suceso)
    p = o.procedimientos[e.procedimiento]
    estado = repasar(p, leer_actuaciones(valen))
    try:
        plazos = vencimientos(p, estado, o.catalogos, o.calendario)
    except DatosInvalidos:
        plazos = ()
    corren = [x for x in plazos if x.cumplido is None and not x.suspendido]
    corre = min(corren, key=lambda x: x.vence, default=None)
    abierto = cuaderno.final is None
    hechos: Hechos = {
        **cuaderno.hechos(o),
        **{
            clave: dato
            for clave, dato in hechos_de(p, estado, o.catalogos).items()
            if clave.startswith(("recordatorios.", "periodo."))
        },
        "folio": e.folio,
        "procedimiento": e.procedimiento,
        "situacion": cuaderno.final or estado.situacion,
        "suspendido": estado.suspendido is not None,
        "donde": p.nombre_de_situacion(cuaderno.final)
        if cuaderno.final
        else ", ".join(
            paso.pendiente or f"Por {paso.clave.replace('-', ' ')}"
            for paso in map(p.por_clave.__getitem__, estado.pasos)
        ),
    }
    for plazo in plazos:
        hechos[f"vence.{llave(plazo.clave)}"] = plazo.vence
        if plazo.cumplido is not None:
            hechos[f"cumplido.{llave(plazo.clave)}"] = plazo.cumplido
            hechos[f"en_plazo.{llave(plazo.clave)}"] = plazo.cumplido <= plazo.vence
    if corre:
        hechos |= {"vence": corre.vence, "plazo.desde": corre.cuenta_desde}
        if corre.meta:
            hechos["plazo.meta"] = corre.meta
    papeles = []
    for doc in estado.documentos:
        if doc.emitido and doc.estado != "cancelado":
            hechos[f"emitido.{llave(doc.clave)}"] = doc.emitido
            hechos[f"numero.{llave(doc.clave)}"] = doc.numero
        if doc.estado in PAPELES:
            papeles.append(_papel(doc, o.zona))
    return Consta(
        abierto,
        hechos,
        papeles,
        corre.vence if corre else None,
        [dia_de(m, o.zona) for m in cuaderno.cierres],
        [dia_de(m, o.zona) for m in cuaderno.reaperturas],
        hubo_algo,
    )


def _corrigio(deshecho: Suceso, vistos: Sequence[Suceso], al: datetime) -> bool:
    """Si tras deshacer se asentó otra cosa con fecha de antes: entonces lo deshecho no pasó."""
    if datetime.fromisoformat(deshecho["capturado"]) > al:
        return False
    return any(int(s["numero"]) > int(deshecho["numero"]) and s["tipo"] in MUEVEN for s in vistos)


def _papel(doc: Any, zona: tzinfo | None) -> Hechos:
    cuando = doc.emitido or doc.fecha
    papel = {
        "doc.clave": doc.clave,
        "doc.numero": doc.numero or "",
        "doc.estado": PAPELES[doc.estado],
        "doc.fecha": cuando.astimezone(zona).date() if cuando else None,
        "doc.emitido": doc.emitido,
        "doc.anulado": doc.fecha if doc.estado == "cancelado" else None,
        "doc.entregado": doc.fecha if doc.estado == "entregado" else None,
        "doc.recibe": doc.recibe,
        "doc.motivo": doc.motivo,
    }
    return {clave: dato for clave, dato in papel.items() if dato is not None}
