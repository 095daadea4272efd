"""La carpeta de cada caso: dónde está, cómo se lee y cómo se publica su cambio."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from expediente.almacen import registro
from expediente.almacen.disco import errores_de_disco, leer_texto
from expediente.almacen.texto_yaml import YamlInvalido, cargar, escribir, renglon_de
from expediente.nucleo.caso import Caso, leer_actuaciones
from expediente.nucleo.encabezado import mapa_del_caso
from expediente.nucleo.errores import DatosInvalidos, NoExiste, sugerencia
from expediente.nucleo.folio import Folio, leer_folio
from expediente.nucleo.forma import FormaInvalida, Ruta, entero, texto

FICHERO = "expediente.yaml"
AVISO = (
    "# Lo lleva el programa «expediente». A mano sólo se corrigen los renglones de «datos»:\n"
    "# la corrección se adopta, con su rastro, la próxima vez que alguien trabaje el caso.\n"
)
_PROPIAS = ("folio", "procedimiento", "version", "revision", "actuaciones")
_CALCULADAS = (
    "situacion", "pasos", "responsables", "canal", "abierto", "vence", "concluido",
    "situacion_final", "origen", "archivo", "datos", "requisitos", "documentos", "anexos",
    "huella",
)  # fmt: skip


@dataclass(frozen=True)
class CasoLeido:
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
    nombre = folio or escrito if re.fullmatch(r"[\w-]{1,40}", escrito) else "con ese folio"
    raise NoExiste(f"No existe el expediente {nombre}.{parecido}")


def reclamar_folio(raiz: Path, prefijo: str, anio: int, hacer: Callable[[Folio], Caso]) -> Caso:
    """Abre un caso con el siguiente consecutivo libre, publicando su carpeta entera.

    `hacer` devuelve el caso completo para el folio que se intenta; se llama otra vez con
    el siguiente si otra persona lo tomó primero.
    """
    padre = carpeta_de_casos(raiz) / f"{anio:04d}"
    consecutivo = _ultimo_consecutivo(padre, prefijo, anio)
    while True:
        consecutivo += 1
        folio = Folio(prefijo, anio, consecutivo)
        caso = hacer(folio)
        if registro.crear(padre, str(folio), FICHERO, texto_del_caso(caso)):
            return caso


def _ultimo_consecutivo(padre: Path, prefijo: str, anio: int) -> int:
    if not padre.is_dir():
        return 0
    inicio = f"{prefijo}-{anio:04d}-"
    with errores_de_disco(padre):
        nombres = (c.name for c in padre.iterdir() if c.name.startswith(inicio))
        return max((f.consecutivo for f in map(leer_folio, nombres) if f), default=0)


def publicar_cambio(carpeta: Path, caso: Caso) -> bool:
    """Publica el caso en su nueva revisión; False si otra persona publicó esa misma."""
    return registro.publicar_revision(carpeta, FICHERO, caso.revision, texto_del_caso(caso))


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


def recien_publicado(carpeta: Path, caso: Caso) -> CasoLeido:
    """El caso que se acaba de publicar, sin volver a leerlo."""
    escrito = texto_del_caso(caso)
    lectura = registro.Lectura(caso.revision, escrito, escrito, editado=False)
    return CasoLeido(carpeta, caso, lectura)


def poner_al_dia(leido: CasoLeido) -> None:
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
    for clave in cambios:
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
