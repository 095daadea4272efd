"""De dónde salen los tramos que cuentan informes e indicadores."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from expediente.almacen import carpetas
from expediente.almacen.reglas import procedimiento_en_version
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.tramos import Tramo, tramos_del_caso
from expediente.operaciones.asunto import leer_integro
from expediente.operaciones.ventanilla import Ventanilla


@dataclass
class Fuente:
    """Tramos que se recorren una vez, y lo que no se pudo leer, que se sabe al terminar.

    Un expediente ilegible no se cuenta ni se calla: `problemas` lo nombra.
    """

    tramos: Iterator[Tramo]
    problemas: list[str] = field(default_factory=list)


def tramos_de_la_oficina(
    v: Ventanilla, procedimientos: Collection[str], desde: date, hasta: date, al: datetime
) -> Fuente:
    """Los tramos de esos procedimientos que cuentan entre `desde` y `hasta`, sabidos al `al`.

    Son los que cubren la víspera, o empiezan en esos días o antes sin haber terminado.
    """
    fuente = tramos_leidos(v, procedimientos, al)
    fuente.tramos = (t for t in fuente.tramos if t.desde <= hasta and _llega(t, desde))
    return fuente


def _llega(tramo: Tramo, desde: date) -> bool:
    return tramo.hasta is None or tramo.hasta >= desde


def tramos_leidos(v: Ventanilla, procedimientos: Collection[str], al: datetime) -> Fuente:
    """Los tramos de cada expediente, leyendo todos los ficheros.

    Es lo que vale: cualquier otra manera de saberlos debe dar lo mismo.
    """
    problemas: list[str] = []
    return Fuente(_leer(v, procedimientos, al, problemas), problemas)


def _leer(
    v: Ventanilla, procedimientos: Collection[str], al: datetime, problemas: list[str]
) -> Iterator[Tramo]:
    for folio in carpetas.folios(v.raiz):
        try:
            caso = leer_integro(carpetas.carpeta_de(v.raiz, folio)).caso
            if caso.procedimiento not in procedimientos:
                continue
            p = procedimiento_en_version(v.raiz, caso.procedimiento, caso.version)
            yield from tramos_del_caso(
                caso.folio, p, caso.actuaciones, v.catalogos, v.calendario, v.zona, al
            )
        except ErrorExpediente as error:
            problemas.append(f"{folio}: no se contó. {sin_ruta(v, error.mensaje)}")


def sin_ruta(v: Ventanilla, mensaje: str) -> str:
    """El mensaje con las rutas desde la carpeta de la oficina."""
    return mensaje.replace(f"{v.raiz}/", "")
