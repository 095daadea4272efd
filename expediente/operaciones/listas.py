"""Listar casos sin cambiar nada: cuáles, lo pendiente y lo urgente primero."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from expediente.almacen import carpetas
from expediente.almacen.oficina import claves_de
from expediente.nucleo.errores import ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.semaforo import color
from expediente.nucleo.situacion import SITUACIONES
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Renglon:
    """Un caso en una lista, tal como lo dice su encabezado.

    `editado` dice si alguien tocó su fichero a mano y todavía no se adopta.
    """

    folio: str
    encabezado: Mapping[str, object]
    editado: bool
    carpeta: Path

    def texto(self, llave: str) -> str:
        """Una llave del encabezado como texto; «» si no está."""
        dicho = self.encabezado.get(llave, "")
        return dicho if isinstance(dicho, str) else ""

    def lista(self, llave: str) -> list[str]:
        """Una llave del encabezado como lista de textos."""
        dicho = self.encabezado.get(llave)
        return [str(uno) for uno in dicho] if isinstance(dicho, list) else []

    def mapas(self, llave: str) -> list[Mapping[str, str]]:
        """Una llave del encabezado como lista de registros de textos."""
        dicho = self.encabezado.get(llave)
        return [uno for uno in dicho if isinstance(uno, dict)] if isinstance(dicho, list) else []

    @property
    def datos(self) -> Mapping[str, str]:
        """Los datos del caso, por clave completa."""
        dicho = self.encabezado.get("datos")
        return dicho if isinstance(dicho, dict) else {}

    @cached_property
    def vence(self) -> datetime | None:
        """Cuándo vence lo que corre; None si nada corre."""
        escrito = self.texto("vence")
        return datetime.fromisoformat(escrito) if escrito else None

    @cached_property
    def abierto(self) -> datetime:
        """Cuándo se recibió."""
        return datetime.fromisoformat(self.texto("abierto"))

    def vencido(self, ahora: datetime) -> bool:
        """Si lo que corre ya venció; lo suspendido no vence."""
        return self.vence is not None and ahora > self.vence

    @property
    def situacion(self) -> tuple[str, str, str]:
        """Su situación, con el procedimiento y la versión que dicen cómo se llama."""
        return (self.texto("procedimiento"), self.texto("version"), self.texto("situacion"))

    def responsables(self, ahora: datetime) -> list[str]:
        """Los roles a los que toca: los de sus pasos y, vencido, aquel al que escala."""
        escala = self.texto("escala") if self.vencido(ahora) else ""
        return [*self.lista("responsables"), *([escala] if escala else [])]

    def semaforo(self, ahora: datetime) -> str:
        """verde, amarillo o rojo si algo corre; gris si no."""
        if self.vence is None:
            return "gris"
        desde, meta = self.texto("corre_desde"), self.texto("meta")
        return color(
            datetime.fromisoformat(desde) if desde else self.abierto,
            self.vence,
            ahora,
            datetime.fromisoformat(meta) if meta else None,
        )


class Filtro(NamedTuple):
    """Qué casos interesan; None no filtra. `desde` y `hasta` son fechas ISO de recepción."""

    procedimiento: str | None = None
    situacion: str | None = None
    paso: str | None = None
    rol: str | None = None
    canal: str | None = None
    desde: str | None = None
    hasta: str | None = None
    vencidos: bool = False
    abiertos: bool = False

    def admite(self, renglon: Renglon, ahora: datetime) -> bool:
        """Si el renglón cumple todo lo que se pidió."""
        dia = renglon.texto("abierto")[:10]
        return all(
            (
                self.procedimiento in (None, renglon.texto("procedimiento")),
                self.situacion
                in (None, renglon.texto("situacion"), renglon.texto("situacion_final")),
                self.paso is None or self.paso in renglon.lista("pasos"),
                self.rol is None or self.rol in renglon.responsables(ahora),
                self.canal in (None, renglon.texto("canal")),
                self.desde is None or dia >= self.desde,
                self.hasta is None or dia <= self.hasta,
                not self.abiertos or bool(renglon.lista("pasos")),
                not self.vencidos or renglon.vencido(ahora),
            )
        )


class Listado(NamedTuple):
    """Los casos hallados y lo que no se pudo leer: (folio, por qué)."""

    renglones: tuple[Renglon, ...]
    problemas: tuple[tuple[str, str], ...]


def listar(v: Ventanilla, filtro: Filtro, podria: Callable[[str], bool] | None = None) -> Listado:
    """Los casos que cumplen el filtro, por folio; los ilegibles van aparte, nunca se callan.

    Con `podria` no se analizan los encabezados cuyo texto descarte.
    """
    _revisar_filtro(v, filtro)
    renglones, problemas = [], []
    for folio in carpetas.folios(v.raiz):
        try:
            carpeta = carpetas.carpeta_de(v.raiz, folio)
            if podria and not podria(carpetas.texto_del_encabezado(carpeta)):
                continue
            encabezado, editado = carpetas.leer_encabezado(carpeta)
        except ErrorExpediente as error:
            problemas.append((str(folio), error.mensaje))
            continue
        renglon = Renglon(str(folio), encabezado, editado, carpeta)
        if filtro.admite(renglon, v.ahora):
            renglones.append(renglon)
    return Listado(tuple(renglones), tuple(problemas))


def _revisar_filtro(v: Ventanilla, filtro: Filtro) -> None:
    """Lanza NoExiste, con el más parecido, si se filtra por algo que no hay."""
    if not (filtro.procedimiento or filtro.paso or filtro.rol):
        return
    # Leer procedimientos pesa en el arranque: sólo si se filtra por algo suyo.
    from expediente.almacen.reglas import procedimiento_vigente, ruta_de_procedimiento

    if filtro.procedimiento:
        ruta_de_procedimiento(v.raiz, filtro.procedimiento)
    if filtro.paso or filtro.rol:
        todos = [procedimiento_vigente(v.raiz, c)[0] for c in claves_de(v.raiz, "procedimientos")]
        _conocido("el paso", filtro.paso, {clave for p in todos for clave in p.por_clave})
        _conocido("el rol", filtro.rol, {clave for p in todos for clave in p.rol})


def _conocido(que: str, pedido: str | None, conocidos: set[str]) -> None:
    if pedido and pedido not in conocidos:
        raise NoExiste(
            f"Ningún procedimiento tiene {que} «{pedido}».{sugerencia(pedido, conocidos)}"
        )


def nombres_de_situaciones(
    v: Ventanilla, renglones: Iterable[Renglon]
) -> dict[tuple[str, str, str], str]:
    """Cómo se lee cada situación, por `Renglon.situacion`.

    La de un procedimiento que no se puede leer se queda con su clave: lo que está mal lo
    dice `revisar`.
    """
    return {cual: _nombre_de_situacion(v, *cual) for cual in {r.situacion for r in renglones}}


def _nombre_de_situacion(v: Ventanilla, procedimiento: str, version: str, clave: str) -> str:
    if clave in SITUACIONES:
        return SITUACIONES[clave]
    # Leer procedimientos pesa en el arranque: sólo el de una situación que es suya.
    from expediente.almacen.reglas import procedimiento_en_version

    try:
        p = procedimiento_en_version(v.raiz, procedimiento, version)
    except ErrorExpediente:
        return clave.replace("_", " ")
    return p.nombre_de_situacion(clave)


def por_urgencia(renglones: tuple[Renglon, ...]) -> list[Renglon]:
    """Los renglones con lo que vence antes primero; lo que no vence, al final por antigüedad."""
    return sorted(renglones, key=lambda r: (r.vence is None, r.vence or r.abierto, r.folio))
