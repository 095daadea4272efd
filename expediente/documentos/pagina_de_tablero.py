"""El tablero como un solo fichero HTML: sin guiones, sin red y sin nada que instalar.

La plantilla y su hoja de estilo (`tablero.html` y `tablero.css`, aquí al lado) son del
programa y no de la oficina: de ellas depende que no salga un dato sin escapar ni una
petición a la red. Lo que la oficina decide está en su definición, tableros/general.yaml.
"""

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from expediente.documentos import dibujo_de_tablero as dibujo
from expediente.nucleo.cifras import SIN_DATO
from expediente.nucleo.cifras_de_tablero import COLORES, OTRAS, Renglon, Semana, Tablero
from expediente.nucleo.fecha import periodo_en_palabras
from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO
from expediente.nucleo.periodo import rotulo_del_corte

_AQUI = Path(__file__).parent
# Lo que une emojis y letras; cualquier otro signo invisible podría voltear o tapar el texto.
_UNIONES = "\u200d\ufe0f"
_ATRAS = 4
_INVISIBLES = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
QUE_DICE_CADA_COLOR = {
    "rojo": "su plazo ya pasó",
    "amarillo": "corre el último tercio de su plazo",
    "verde": "queda más de un tercio de su plazo",
    "gris": "ningún plazo corre: está suspendido o el paso en que va no lo tiene",
}

# Renglones que no compiten con los demás: su barra aplastaría a las otras.
SIN_BARRA = {OTRAS: OTRAS, SIN_DATO: "No lo llevan o todavía no lo dicen"}


@dataclass(frozen=True)
class IndicadorVisto:
    """Un indicador como se lee: su valor, su meta y si la cumple.

    `cumple` es None si no tiene meta o no hay datos; `fraccion` dice de qué sale.
    `hay_datos` es falso si su denominador es cero; `junto_a`, las claves de los que van a
    su lado.
    """

    clave: str
    nombre: str
    periodo: str
    valor: str
    fraccion: str
    meta: str = ""
    cumple: bool | None = None
    hay_datos: bool = True
    notas: tuple[str, ...] = ()
    folios: tuple[str, ...] = ()
    junto_a: tuple[str, ...] = ()

    @property
    def dictamen(self) -> tuple[str, str, str]:
        """La clase, la señal y la palabra con que se dice si cumple; vacías sin meta."""
        if self.cumple is None:
            return ("sin", "", "")
        return ("si", "✔", "Cumple") if self.cumple else ("no", "✘", "No cumple")


@dataclass(frozen=True)
class Encabezado:
    """De quién es el tablero."""

    oficina: str
    lugar: str


def en_html(
    tablero: Tablero,
    encabezado: Encabezado,
    indicadores: Sequence[IndicadorVisto],
    problemas: Sequence[str],
    con_folios: bool = False,
) -> bytes:
    """La página entera, en UTF-8; con lo mismo, los mismos bytes."""
    estilo = (_AQUI / "tablero.css").read_text("utf-8")
    pagina = _entorno().get_template("tablero.html")
    escrita = pagina.render(
        t=tablero,
        encabezado=encabezado,
        indicadores=_en_orden([i for i in indicadores if i.hay_datos]),
        sin_datos=[i for i in indicadores if not i.hay_datos],
        problemas=[*problemas, *(f"{folio}: {aviso}" for folio, aviso in tablero.avisos)],
        con_folios=con_folios,
        estilo=Markup(estilo),  # es del programa, y se autoriza por su huella
        huella_del_estilo=_huella(estilo),
        frases=frases(tablero),
        corte=rotulo_del_corte(tablero.al),
    )
    return escrita.encode()


def frases(t: Tablero) -> list[str]:
    """Lo que hay que saber en cinco segundos: qué urge, dónde y hacia dónde va."""
    rojos = len(t.oficina.colores["rojo"])
    amarillos = len(t.oficina.colores["amarillo"])
    total = t.oficina.abiertos
    if not total:
        return ["No hay asuntos abiertos."]
    dichas = [f"{contados(rojos, 'asunto vencido', 'asuntos vencidos')} de {total:,} abiertos."]
    if not rojos:
        dichas = [f"Nada vencido: {contados(total, 'asunto abierto', 'asuntos abiertos')}."]
    if amarillos:
        dichas.append(f"{contados(amarillos, 'más vence', 'más vencen')} pronto.")
    urge = next((d.renglon for d in t.procedimientos if d.renglon.colores["rojo"]), None)
    if urge and sum(bool(d.renglon.abiertos) for d in t.procedimientos) > 1:
        dichas.append(f"Lo que más urge: {urge.nombre} ({len(urge.colores['rojo']):,}).")
    return [*dichas, *_tendencia(t.semanas)]


def _tendencia(semanas: Sequence[Semana]) -> list[str]:
    """Hacia dónde va lo abierto; nada si hace cuatro semanas no había con qué comparar."""
    previas = semanas[: len(semanas) - _ATRAS]
    if not any(any(s.cifras.totales.values()) for s in previas):
        return []
    hoy = int(semanas[-1].cifras.totales["abiertos_final"])
    antes = int(previas[-1].cifras.totales["abiertos_final"])
    if hoy == antes:
        return ["Lo abierto va igual que hace cuatro semanas."]
    rumbo = "sube" if hoy > antes else "baja"
    return [f"Lo abierto {rumbo}: {antes:,} hace cuatro semanas, {hoy:,} ahora."]


def contados(cuantos: int, uno: str, varios: str) -> str:
    """«1 excluido», «2 excluidos»."""
    return f"{cuantos:,} {uno if cuantos == 1 else varios}"


@lru_cache(maxsize=1)
def _entorno() -> Environment:
    entorno = Environment(
        loader=FileSystemLoader(_AQUI),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_que_se_lea,
    )
    entorno.globals |= {
        "COLORES": COLORES,
        "QUE_DICE_CADA_COLOR": QUE_DICE_CADA_COLOR,
        "SIN_BARRA": SIN_BARRA,
        "MOVIMIENTO": NOMBRES_DEL_MOVIMIENTO,
        "dibujo": dibujo,
        "mayor": _mayor,
    }
    filtros: dict[str, Callable[..., Any]] = {
        "miles": lambda n: f"{n:,}",
        "por_ciento": _por_ciento,
        "cuentas": lambda renglon: {c: len(f) for c, f in renglon.colores.items()},
        "dias": lambda s: periodo_en_palabras(s.periodo.desde, s.periodo.hasta),
    }
    entorno.filters |= filtros
    return entorno


def _que_se_lea(valor: Any) -> Any:
    """El texto sin lo que no se ve: ni voltea el renglón ni lo tapa. El SVG ya va limpio."""
    if not isinstance(valor, str) or isinstance(valor, Markup) or valor.isprintable():
        return valor
    return "".join(
        " " if letra in "\n\t" else letra
        for letra in valor
        if letra in "\n\t" or letra in _UNIONES or unicodedata.category(letra) not in _INVISIBLES
    )


def _por_ciento(parte: int, todo: int) -> str:
    """«12 %»; lo que no llega a uno no se dice que es cero."""
    if not todo:
        return "0 %"
    tanto = 100 * parte / todo
    return "menos de 1 %" if 0 < tanto < 0.5 else f"{tanto:.0f} %"


def _mayor(renglones: Sequence[Renglon]) -> int:
    """El más largo: contra él se miden las barras de una lista."""
    return max((r.abiertos for r in renglones if r.nombre not in SIN_BARRA), default=0)


def _en_orden(indicadores: Sequence[IndicadorVisto]) -> list[IndicadorVisto]:
    """Primero los que no cumplen; seguidos, los que sin el otro engañan."""
    ordenados = sorted(indicadores, key=_no_cumple_primero)
    puestos: list[IndicadorVisto] = []

    def poner(uno: IndicadorVisto) -> None:
        if uno in puestos:
            return
        puestos.append(uno)
        for otro in ordenados:
            if otro.clave in uno.junto_a or uno.clave in otro.junto_a:
                poner(otro)

    for indicador in ordenados:
        poner(indicador)
    return puestos


def _no_cumple_primero(indicador: IndicadorVisto) -> int:
    return (False, True, None).index(indicador.cumple)


def _huella(estilo: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(estilo.encode()).digest()).decode()
