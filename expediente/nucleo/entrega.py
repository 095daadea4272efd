"""La entrega de un informe: a quién se dio, cuándo, quién lo recibió y con qué acuse.

Lo asentado no se borra ni se cambia: corregir o anular es otro asiento, que dice de cuál
es y por qué. Dónde se guarda lo sabe `almacen.entregas`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from expediente.nucleo.errores import ErrorUso, NoPermitido
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.forma import Forma, Llave, entero, lista, texto, uno_de

ENTREGA, CORRECCION, ANULACION = "entrega", "correccion", "anulacion"
MEDIOS = {"mano": "en propia mano", "oficio": "con oficio", "correo": "por correo"}
# Lo que una persona dice de la entrega, y por tanto lo que puede corregir.
DICHOS = ("entregado", "medio", "por", "recibe", "acuse", "acuse_sha256")


@dataclass(frozen=True)
class Entrega:
    """Un asiento de las entregas de un informe en un periodo.

    `numero` los cuenta desde 1 y `de` es el que corrige o anula; None si es una entrega.
    `fichero` y `sha256` son el que se entregó; `acuse` y `acuse_sha256`, el comprobante.
    `entregado` y `capturado` son momentos ISO con su huso; `por` y `capturo`, claves del
    personal o usuarios de la computadora. `recibe` es None si no se dijo.
    """

    numero: int
    que: str
    destinatario: str
    fichero: str
    sha256: str
    entregado: str
    medio: str
    por: str
    capturo: str
    capturado: str
    recibe: str | None = None
    acuse: str | None = None
    acuse_sha256: str | None = None
    motivo: str | None = None
    de: int | None = None

    @property
    def cuando(self) -> str:
        """Cuándo se entregó: «20 de noviembre de 2026, 14:30 horas»."""
        return momento_en_palabras(datetime.fromisoformat(self.entregado))

    @property
    def dia_y_hora(self) -> str:
        """Lo mismo, para una tabla: «20/11/2026 14:30»."""
        return f"{datetime.fromisoformat(self.entregado):%d/%m/%Y %H:%M}"

    def como_mapa(self) -> dict[str, str]:
        """Lo que se escribe: sólo las llaves con contenido, en orden."""
        dichas = ((c.name, getattr(self, c.name)) for c in fields(self))
        return {llave: str(dato) for llave, dato in dichas if dato not in (None, "")}


@dataclass(frozen=True)
class Entregas:
    """Todo lo asentado de un informe en un periodo, en su orden.

    `clase` y `periodo` lo nombran como se pide: semana, 2026-W47.
    """

    informe: str
    clase: str
    periodo: str
    asientos: tuple[Entrega, ...] = ()

    @property
    def vigentes(self) -> tuple[Entrega, ...]:
        """Las entregas como quedaron: corregidas, sin las anuladas, en el orden en que se dieron.

        Cada una conserva el número del asiento con que se dio.
        """
        dichas: dict[int, Entrega] = {}
        for asiento in self.asientos:
            original = asiento.de or asiento.numero
            if asiento.que == ANULACION:
                dichas.pop(original, None)
            else:
                dichas[original] = replace(asiento, numero=original)
        return tuple(dichas[numero] for numero in sorted(dichas))

    def vigente(self, destinatario: str, sha256: str) -> Entrega | None:
        """La entrega de ese fichero a ese destinatario; None si no se le ha dado."""
        suyas = [e for e in self.vigentes if (e.destinatario, e.sha256) == (destinatario, sha256)]
        return suyas[-1] if suyas else None

    def con(self, asiento: Entrega) -> "Entregas":
        """Con un asiento más, ya numerado."""
        numerado = replace(asiento, numero=len(self.asientos) + 1)
        return replace(self, asientos=(*self.asientos, numerado))

    def como_mapa(self) -> dict[str, object]:
        """Lo que se escribe: sólo las llaves con contenido, en orden."""
        return {
            "informe": self.informe,
            "periodo": {"clase": self.clase, "clave": self.periodo},
            "asientos": [asiento.como_mapa() for asiento in self.asientos],
        }


def asiento_de_cambio(
    previa: Entrega, nueva: Entrega, dichos: Mapping[str, str], motivo: str | None
) -> Entrega | None:
    """El asiento que hace falta para que `previa` diga además `dichos`; None si ya lo dice.

    Completar lo que no constaba (quién recibió, el acuse) no pide motivo; cambiar lo que
    ya constaba, sí. Lanza NoPermitido si falta el motivo.
    """
    cambios = {llave: dato for llave, dato in dichos.items() if getattr(previa, llave) != dato}
    if not cambios:
        return None
    cambia = [llave for llave in cambios if getattr(previa, llave) and llave != "acuse_sha256"]
    if cambia and motivo is None:
        raise NoPermitido(
            f"Ya consta que se entregó a «{previa.destinatario}» el {previa.cuando}, y lo que "
            "dice ahora es distinto "
            f"({', '.join(f'--{_opcion(llave)}' for llave in cambia)}). Si se asentó mal, "
            "corríjalo diciendo por qué: --motivo TEXTO"
        )
    cambiado: dict[str, Any] = {**cambios}
    corregida = replace(
        nueva, **{llave: getattr(previa, llave) for llave in DICHOS}, que=CORRECCION
    )
    return replace(corregida, **cambiado, de=previa.numero, motivo=motivo)


def _opcion(llave: str) -> str:
    return {"entregado": "ocurrio"}.get(llave, llave)


def revisar_medio(medio: str) -> str:
    """El medio, si es uno de los que hay. Lanza ErrorUso si no."""
    if medio not in MEDIOS:
        raise ErrorUso(f"--medio es uno de: {', '.join(MEDIOS)}.")
    return medio


ASIENTO = Forma(
    Entrega,
    {
        "numero": Llave(entero, "su número", obligatoria=True),
        "que": Llave(uno_de(ENTREGA, CORRECCION, ANULACION), "qué asienta", obligatoria=True),
        "destinatario": Llave(texto, "a quién (de oficina.yaml)", obligatoria=True),
        "fichero": Llave(texto, "qué fichero se entregó", obligatoria=True),
        "sha256": Llave(texto, "la huella de ese fichero", obligatoria=True),
        "entregado": Llave(texto, "cuándo", obligatoria=True),
        "medio": Llave(uno_de(*MEDIOS), "por qué medio", obligatoria=True),
        "por": Llave(texto, "quién lo entregó", obligatoria=True),
        "capturo": Llave(texto, "quién lo tecleó", obligatoria=True),
        "capturado": Llave(texto, "cuándo se tecleó", obligatoria=True),
        "recibe": Llave(texto, "quién lo recibió"),
        "acuse": Llave(texto, "el fichero del acuse"),
        "acuse_sha256": Llave(texto, "su huella"),
        "motivo": Llave(texto, "por qué se corrige o se anula"),
        "de": Llave(entero, "de qué asiento es"),
    },
)


@dataclass(frozen=True)
class _Periodo:
    clase: str
    clave: str


_PERIODO = Forma(
    _Periodo,
    {
        "clase": Llave(texto, "día, semana, mes, trimestre o año", obligatoria=True),
        "clave": Llave(texto, "cómo se pide", obligatoria=True),
    },
)
ENTREGAS = Forma(
    lambda informe, periodo, asientos: Entregas(informe, periodo.clase, periodo.clave, asientos),
    {
        "informe": Llave(texto, "de qué informe son", obligatoria=True),
        "periodo": Llave(_PERIODO, "de qué periodo", obligatoria=True),
        "asientos": Llave(lista(ASIENTO), "lo asentado", omision=()),
    },
)
