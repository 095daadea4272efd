"""La carpeta de cada caso: dónde está, cómo se lee y cómo se publica su cambio."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

from expediente.almacen import registro
from expediente.almacen.disco import errores_de_disco, leer_texto, publicar
from expediente.almacen.texto_yaml import YamlInvalido, cargar, escribir, renglon_de
from expediente.nucleo.caso import Caso, leer_actuaciones
from expediente.nucleo.encabezado import mapa_del_caso
from expediente.nucleo.errores import CasoCambio, DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.folio import Folio, leer_folio, repetible
from expediente.nucleo.forma import FormaInvalida, Ruta, entero, texto

FICHERO = "expediente.yaml"
AVISO = (
    "# Lo lleva el programa «expediente». A mano sólo se corrigen los renglones de «datos»:\n"
    "# la corrección se adopta, con su rastro, la próxima vez que alguien trabaje el caso.\n"
)
_PROPIAS = ("folio", "procedimiento", "version", "revision", "actuaciones")
_CALCULADAS = (
    "situacion", "pasos", "responsables", "canal", "abierto", "corre_desde", "vence", "concluido",
    "situacion_final", "origen", "archivo", "datos", "requisitos", "documentos", "anexos",
    "huella",
)  # fmt: skip


class CasoLeido(NamedTuple):
    """Un caso en su revisión vigente.

    `editado` es el caso según la copia que alguien editó a mano; None si nadie la tocó.
    """

    carpeta: Path
    caso: Caso
    lectura: registro.Lectura
    editado: Caso | None = None


def carpeta_de_casos(raiz: Path) -> Path:
    """Donde están los casos de la oficina."""
    return raiz / "expedientes"


def carpeta_de(raiz: Path, folio: Folio) -> Path:
    """La carpeta de ese folio, exista o no."""
    return carpeta_de_casos(raiz) / f"{folio.anio:04d}" / str(folio)


def folios(raiz: Path) -> Iterator[Folio]:
    """Los folios que hay, por año y en orden; ignora lo que no es un expediente."""
    casos = carpeta_de_casos(raiz)
    if not casos.is_dir():
        return
    with errores_de_disco(casos):
        for anio in sorted(a for a in casos.iterdir() if re.fullmatch(r"\d{4}", a.name)):
            leidos = (leer_folio(c.name) for c in anio.iterdir() if not c.name.startswith("."))
            yield from sorted(folio for folio in leidos if folio)


def carpeta_existente(raiz: Path, escrito: str) -> Path:
    """La carpeta de un folio escrito por una persona.

    Lanza NoExiste con el folio más parecido si no lo hay.
    """
    folio = leer_folio(escrito)
    if folio:
        carpeta = carpeta_de(raiz, folio)
        if (carpeta / registro.REVISIONES).is_dir():
            return carpeta
    parecido = sugerencia(escrito.upper(), (str(f) for f in folios(raiz)))
    raise NoExiste(f"No existe el expediente {folio or repetible(escrito)}.{parecido}")


class OrigenTomado(CasoCambio):
    """El renglón de una hoja ya se abrió, quizá a la vez, con `folio`."""

    def __init__(self, folio: Folio) -> None:
        super().__init__(f"Ese renglón ya se abrió como {folio}.")
        self.folio = str(folio)


def reclamar_folio(
    raiz: Path,
    prefijo: str,
    anio: int,
    hacer: Callable[[Folio], Caso],
    origen: str | None = None,
) -> Caso:
    """Abre un caso con el siguiente consecutivo libre, publicando su carpeta entera.

    `hacer` devuelve el caso completo para el folio que se intenta; se llama otra vez con
    el siguiente si otra persona lo tomó primero. Lanza OrigenTomado si ya hay un caso de
    ese `origen`.
    """
    padre = carpeta_de_casos(raiz) / f"{anio:04d}"
    folio = Folio(prefijo, anio, _ultimo_consecutivo(padre, prefijo, anio) + 1)
    while True:
        if origen:
            folio = _apartar(raiz, origen, folio)
        caso, carpeta = hacer(folio), carpeta_de(raiz, folio)
        if registro.crear(carpeta.parent, carpeta.name, FICHERO, texto_del_caso(caso)):
            return caso
        if origen and _origen_de(raiz, folio) == origen:
            raise OrigenTomado(folio)
        folio = folio._replace(consecutivo=folio.consecutivo + 1)


def _apartar(raiz: Path, origen: str, propuesto: Folio) -> Folio:
    """El folio con que se abre ese origen, el mismo para todos los que lo intenten a la vez.

    Quien apartó y se apagó no estorba: otro abre el caso con el folio que él había dicho.
    Sólo si ese folio ya es de otro asunto se aparta uno más.
    """
    apartados = carpeta_de_casos(raiz) / ".origenes" / origen
    for vuelta in count(1):
        if publicar(apartados, f"{vuelta:06d}", {"folio": str(propuesto).encode()}):
            return propuesto
        folio = leer_folio(leer_texto(apartados / f"{vuelta:06d}" / "folio"))
        if folio and _origen_de(raiz, folio) in (None, origen):
            return folio
    raise AssertionError("siempre hay una vuelta más")


def _origen_de(raiz: Path, folio: Folio) -> object:
    """El origen del caso de ese folio, «» si se tecleó; None si nadie ha tomado el folio."""
    carpeta = carpeta_de(raiz, folio)
    return leer_encabezado(carpeta)[0].get("origen", "") if carpeta.is_dir() else None


def _ultimo_consecutivo(padre: Path, prefijo: str, anio: int) -> int:
    if not padre.is_dir():
        return 0
    inicio = f"{prefijo}-{anio:04d}-"
    # Se mira cada folio del año en cada apertura: sin Path ni Folio, diez veces más aprisa.
    with errores_de_disco(padre), os.scandir(padre) as carpetas:
        finales = (c.name[len(inicio) :] for c in carpetas if c.name.startswith(inicio))
        return max((int(final) for final in finales if final.isdecimal()), default=0)


def publicar_cambio(carpeta: Path, caso: Caso) -> CasoLeido | None:
    """Publica el caso en su nueva revisión y lo da como quedó, sin volver a leerlo.

    None si otra persona publicó esa misma.
    """
    escrito = texto_del_caso(caso)
    if not registro.publicar_revision(carpeta, FICHERO, caso.revision, escrito):
        return None
    lectura = registro.Lectura(caso.revision, escrito, escrito, editado=False)
    return CasoLeido(carpeta, caso, lectura)


def texto_del_caso(caso: Caso) -> str:
    """El texto de expediente.yaml."""
    return AVISO + escribir(mapa_del_caso(caso))


def leer_caso(carpeta: Path) -> CasoLeido:
    """El caso de esa carpeta y, si alguien lo editó a mano, también su edición.

    Lanza DatosInvalidos con fichero y renglón si no se entiende.
    """
    lectura = registro.leer(carpeta, FICHERO)
    vigente = carpeta / registro.REVISIONES / f"{lectura.revision:06d}" / FICHERO
    caso = caso_de_texto(lectura.texto, vigente)
    editado = None
    if lectura.editado and lectura.visible is not None:
        editado = _leer_edicion(carpeta, lectura)
    return CasoLeido(carpeta, caso, lectura, editado)


def _leer_edicion(carpeta: Path, lectura: registro.Lectura) -> Caso:
    assert lectura.visible is not None
    try:
        return caso_de_texto(lectura.visible, carpeta / FICHERO)
    except DatosInvalidos as error:
        raise DatosInvalidos(
            f"{error.mensaje} Corrija ese renglón; o borre el fichero y el programa lo repone "
            f"con su última revisión (la {lectura.revision})."
        ) from None


def caso_de_texto(escrito: str, ruta: Path) -> Caso:
    """El caso que dice un texto; `ruta` es para nombrarla en los errores."""
    mapa = mapa_de_texto(escrito, ruta)
    try:
        return Caso(
            folio=texto(mapa.get("folio", ""), ("folio",)),
            procedimiento=texto(mapa.get("procedimiento", ""), ("procedimiento",)),
            version=texto(mapa.get("version", ""), ("version",)),
            revision=entero(mapa.get("revision", ""), ("revision",)),
            actuaciones=leer_actuaciones(mapa.get("actuaciones")),
            encabezado={k: mapa[k] for k in _CALCULADAS if k in mapa},
            otras={k: v for k, v in mapa.items() if k not in _PROPIAS and k not in _CALCULADAS},
        )
    except FormaInvalida as error:
        raise error_de_forma(error, escrito, ruta) from None


def mapa_de_texto(escrito: str, ruta: Path) -> dict[str, object]:
    """El diccionario que dice un YAML de la oficina.

    Lanza DatosInvalidos con fichero y renglón.
    """
    try:
        mapa = cargar(escrito)
    except YamlInvalido as error:
        raise DatosInvalidos(f"{ruta}, renglón {error.renglon}: {error.mensaje}") from None
    if not isinstance(mapa, dict):
        raise DatosInvalidos(f"{ruta}, renglón 1: se esperaban renglones de «llave: valor».")
    return mapa


def leer_mapa(ruta: Path) -> tuple[dict[str, object], str]:
    """El diccionario de un fichero YAML de la oficina, y su texto."""
    escrito = leer_texto(ruta)
    return mapa_de_texto(escrito, ruta), escrito


def error_de_forma(error: FormaInvalida, escrito: str, ruta: Path) -> DatosInvalidos:
    """El error con el fichero y el renglón de lo que no tiene la forma esperada."""
    return error_en(error.ruta, error.mensaje, escrito, ruta)


def error_en(llaves: Ruta, mensaje: str, escrito: str, ruta: Path) -> DatosInvalidos:
    """Un error que nombra fichero y renglón de esa ruta de llaves."""
    return DatosInvalidos(f"{ruta}, renglón {renglon_de(escrito, llaves)}: {mensaje}")


def leer_encabezado(carpeta: Path) -> tuple[dict[str, object], bool]:
    """El encabezado de la revisión vigente, sin leer la historia, y si fue editado a mano.

    Es lo que necesita una lista: lo escribió el programa y `revisar` lo comprueba.
    """
    lectura = registro.leer(carpeta, FICHERO)
    cabeza, _, _ = lectura.texto.partition("\nactuaciones:\n")
    ruta = carpeta / registro.REVISIONES / f"{lectura.revision:06d}" / FICHERO
    return mapa_de_texto(cabeza, ruta), lectura.editado


def por_publicar(carpeta: Path, caso: Caso) -> CasoLeido:
    """Un caso del que en el disco todavía no hay nada."""
    return CasoLeido(carpeta, caso, registro.Lectura(0, "", None, editado=False))


def reponer_copia(leido: CasoLeido) -> None:
    """Repone expediente.yaml si está atrasado o falta."""
    registro.poner_al_dia(leido.carpeta, FICHERO, leido.lectura)


def cambios_a_mano(leido: CasoLeido) -> dict[str, str]:
    """Los datos que alguien corrigió a mano: clave y nuevo texto («» si lo borró).

    Lanza DatosInvalidos, con renglón y remedio, si tocó algo que no se corrige a mano, o
    si el mismo dato cambió entre tanto por otro lado.
    """
    editado = leido.editado
    if editado is None:
        return {}
    base = _base_de_la_edicion(leido, editado)
    _rehusar_lo_demas(leido, editado, base)
    antes, ahora = _datos(base), _datos(editado)
    cambios = {k: ahora.get(k, "") for k in {**antes, **ahora} if ahora.get(k) != antes.get(k)}
    vigentes = _datos(leido.caso)
    for clave, dicho in cambios.items():
        if not isinstance(dicho, str):
            raise _rehusar(leido, ("datos", clave), "un dato es un solo texto, no una lista.")
        if vigentes.get(clave) != antes.get(clave):
            raise _rehusar(leido, ("datos", clave), "ese dato cambió entre tanto por otra persona.")
    return cambios


def _base_de_la_edicion(leido: CasoLeido, editado: Caso) -> Caso:
    if editado.revision == leido.caso.revision:
        return leido.caso
    if not 1 <= editado.revision < leido.caso.revision:
        raise _rehusar(leido, ("revision",), "la revisión no se cambia a mano.")
    escrito = registro.texto_de_revision(leido.carpeta, FICHERO, editado.revision)
    return caso_de_texto(escrito, leido.carpeta / FICHERO)


def _rehusar_lo_demas(leido: CasoLeido, editado: Caso, base: Caso) -> None:
    for llave in ("folio", "procedimiento", "version", "actuaciones"):
        if getattr(editado, llave) != getattr(base, llave):
            raise _rehusar(leido, (llave,), f"«{llave}» no se cambia a mano.")
    for llave in _CALCULADAS:
        if llave != "datos" and editado.encabezado.get(llave) != base.encabezado.get(llave):
            raise _rehusar(leido, (llave,), f"«{llave}» lo calcula el programa.")


def _rehusar(leido: CasoLeido, llaves: Ruta, mensaje: str) -> DatosInvalidos:
    error = error_en(llaves, mensaje, leido.lectura.visible or "", leido.carpeta / FICHERO)
    return DatosInvalidos(
        f"{error.mensaje} Deshaga ese cambio; o borre el fichero y el programa lo repone con su "
        f"última revisión (la {leido.lectura.revision})."
    )


def _datos(caso: Caso) -> Mapping[str, str]:
    datos = caso.encabezado.get("datos")
    return datos if isinstance(datos, dict) else {}
