"""Abrir muchos casos de una hoja: lo bueno se abre, lo malo se lista con su renglón."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from expediente.almacen import hojas
from expediente.almacen.casos import OrigenTomado
from expediente.almacen.reglas import procedimiento_vigente
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorDisco,
    ErrorExpediente,
    SinPermiso,
)
from expediente.nucleo.mapa import Mapa, columnas_que_faltan, mapa_directo, traducir
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.listas import Filtro, Renglon, listar
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Rechazo:
    """Un renglón que no se abrió y por qué, sin repetir sus datos."""

    renglon: int
    motivo: str


@dataclass(frozen=True)
class Carga:
    """Lo que dio una hoja: casos abiertos, renglones que ya tenían el suyo y rechazos."""

    abiertos: tuple[tuple[int, Resultado], ...]
    ya_estaban: tuple[tuple[int, Resultado], ...]
    rechazados: tuple[Rechazo, ...]
    faltan: int = 0


def cargar_hoja(
    v: Ventanilla,
    procedimiento: str,
    hoja: hojas.Hoja,
    mapa: Path | None = None,
    canal: str | None = None,
    simular: bool = False,
    al_avanzar: Callable[[], None] = lambda: None,
    relacionado: str | None = None,
) -> Carga:
    """Abre un caso por renglón; el que no sirve se rechaza y los demás siguen.

    Cargar otra vez la misma hoja no abre nada dos veces, ni dos personas a la vez: cada
    caso recuerda su renglón de origen. `canal` es el de los renglones que no digan el suyo y
    `relacionado`, el folio del que nacen todos.
    Ctrl-C la detiene, y dice cuántos renglones faltan.
    Lanza ErrorDisco o SinPermiso en cuanto el disco no responde; lo ya abierto queda.
    """
    p, _ = procedimiento_vigente(v.raiz, procedimiento)
    como = _mapa(mapa, procedimiento, hoja, {c: h.nombre for c, h in p.hojas.items()})
    conocidos = _origenes(v)
    abiertos, ya_estaban, rechazados = [], [], []
    vistos: dict[str, int] = {}
    for leidos, renglon in enumerate(hoja.renglones):
        origen = _identidad(como, renglon.dice)
        try:
            al_avanzar()
            if renglon.problema:
                raise DatosInvalidos(renglon.problema)
            if origen in vistos:
                raise DatosInvalidos(f"repite el renglón {vistos[origen]} de la misma hoja.")
            if origen in conocidos:
                ya_estaban.append((renglon.lugar, _como_esta(p, conocidos[origen])))
            else:
                hecho = _abrir_renglon(v, como, renglon.dice, origen, canal, relacionado, simular)
                abiertos.append((renglon.lugar, hecho))
            vistos[origen] = renglon.lugar
        except OrigenTomado as tomado:
            ya_estaban.append((renglon.lugar, Resultado(tomado.folio)))
        except (ErrorDisco, SinPermiso):
            raise  # no es culpa del renglón, y los que siguen tampoco se abrirían
        except ErrorExpediente as error:
            rechazados.append(Rechazo(renglon.lugar, error.mensaje))
        except KeyboardInterrupt:
            faltan = len(hoja.renglones) - leidos
            return Carga(tuple(abiertos), tuple(ya_estaban), tuple(rechazados), faltan)
    return Carga(tuple(abiertos), tuple(ya_estaban), tuple(rechazados))


def _mapa(
    ruta: Path | None, procedimiento: str, hoja: hojas.Hoja, campos: Mapping[str, str]
) -> Mapa:
    if ruta is None:
        return mapa_directo(procedimiento, hoja.encabezados, _con_indices(hoja, campos))
    mapa = hojas.leer_mapa_de_columnas(ruta)
    if mapa.procedimiento != procedimiento:
        raise DatosInvalidos(f"{ruta}: es un mapa de «{mapa.procedimiento}».")
    if faltan := columnas_que_faltan(mapa, hoja.encabezados):
        raise DatosInvalidos(f"A la hoja le faltan columnas que el mapa pide: {', '.join(faltan)}.")
    return mapa


def _con_indices(hoja: hojas.Hoja, campos: Mapping[str, str]) -> dict[str, str]:
    """Los campos, con los de las listas numerados como los trae la hoja."""
    numerados = {clave: nombre for clave, nombre in campos.items() if "#" not in clave}
    for titulo in hoja.encabezados:
        partes = titulo.split(".")
        patron = ".".join("#" if parte.isdigit() else parte for parte in partes)
        if patron in campos:
            numerados[titulo] = titulo
    return numerados


def _origenes(v: Ventanilla) -> dict[str, Renglon]:
    renglones = listar(v, Filtro()).renglones
    return {r.texto("origen"): r for r in renglones if r.texto("origen")}


def _como_esta(p: Procedimiento, caso: Renglon) -> Resultado:
    situacion = caso.texto("situacion")
    return Resultado(
        caso.folio,
        pasos=tuple(caso.lista("pasos")),
        situacion=situacion,
        situacion_legible=p.nombre_de_situacion(situacion).lower(),
    )


def _identidad(mapa: Mapa, dice: Mapping[str, str]) -> str:
    """La huella de lo que identifica un renglón: sus columnas de identidad, o todo él."""
    columnas = mapa.identidad or tuple(sorted(dice))
    valores = [[columna, dice.get(columna, "").strip()] for columna in columnas]
    crudo = json.dumps([mapa.procedimiento, valores], ensure_ascii=False).encode("utf-8")
    return sha256(crudo).hexdigest()[:32]


def _abrir_renglon(
    v: Ventanilla,
    mapa: Mapa,
    dice: Mapping[str, str],
    origen: str,
    canal: str | None,
    relacionado: str | None,
    simular: bool,
) -> Resultado:
    traducido = traducir(mapa, dice)
    solicitud = Solicitud(
        mapa.procedimiento,
        traducido.datos,
        canal=traducido.canal or canal,
        recibido=traducido.recibido,
        origen=origen,
        relacionado=relacionado,
    )
    return abrir(v, solicitud, simular)
