"""Los dibujos del tablero en SVG, para ir dentro de la página.

A lo ancho todo va en porcentajes y a lo alto en píxeles: el mismo dibujo cabe en un teléfono
o en una pantalla sin que la letra se encoja. Ningún dibujo lleva texto capturado; el color
lo pone la hoja de estilo, y la forma y la letra dicen lo mismo a quien no lo distingue.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

from expediente.nucleo.cifras_de_tablero import COLORES, Semana
from expediente.nucleo.fecha import MESES

_ALTO, _TECHO, _PISO = 168, 18, 140
_IZQUIERDA = 9.0
BARRA_ALTA, BARRA_BAJA = 26, 18
_CABE_LETRERO = 13.0
_SILUETAS = {
    "rojo": "M8 2h8l6 6v8l-6 6H8l-6-6V8z",
    "amarillo": "M12 1 23.5 22H.5z",
    "verde": "M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 1 0 0-21z",
    "gris": "M12 .8 23.2 12 12 23.2.8 12z",
}
LETRAS = {"rojo": "R", "amarillo": "A", "verde": "V", "gris": "G"}


def tramas() -> Markup:
    """Las tramas con que se rellenan las barras, una vez por página."""
    return Markup(
        '<svg class="tramas" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
        '<pattern id="trama-amarillo" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="fondo-amarillo" width="7" height="7"/>'
        '<rect class="raya-amarillo" width="2.2" height="7"/></pattern>'
        '<pattern id="trama-recibidos" width="5" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="fondo-recibidos" width="5" height="5"/>'
        '<rect class="raya-recibidos" width="1.6" height="5"/></pattern>'
        "</defs></svg>"
    )


def forma(color: str) -> Markup:
    """El octágono, el triángulo, el círculo o el rombo de un color, con su letra dentro."""
    baja = 19 if color == "amarillo" else 16.5
    return Markup(
        '<svg class="forma {0}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{1}"/><text x="12" y="{2}">{3}</text></svg>'
    ).format(color, _SILUETAS[color], baja, LETRAS[color])


def barra(
    ident: str, titulo: str, colores: Mapping[str, int], maximo: int, alto: int = BARRA_ALTA
) -> Markup:
    """Una barra partida por color; de lado a lado son `maximo` asuntos."""
    trozos, x = [], 0.0
    for color in COLORES:
        ancho = 100 * colores[color] / maximo if maximo else 0
        if ancho:
            trozos.append(_trozo(color, x, ancho, colores[color], alto))
        x += ancho
    partes = [f"{colores[c]} {nombre.lower()}" for c, nombre in COLORES.items() if colores[c]]
    return _dibujo(ident, titulo, ", ".join(partes) or "Ninguno", "barra", alto, trozos)


def _trozo(color: str, x: float, ancho: float, cuantos: int, alto: int) -> Markup:
    medidas = f'x="{x:.2f}%" y="1" width="{ancho:.2f}%" height="{alto - 2}"'
    rectangulo = Markup('<rect class="{}" {}/>').format(color, Markup(medidas))
    if ancho < _CABE_LETRERO:
        return rectangulo
    return rectangulo + Markup('<text class="en-{}" x="{:.2f}%" y="{:.1f}">{} {:,}</text>').format(
        color, x + ancho / 2, alto / 2 + 4.5, LETRAS[color], cuantos
    )


def barra_lisa(ident: str, titulo: str, cuantos: int, maximo: int) -> Markup:
    """Una barra de un solo relleno; de lado a lado son `maximo`."""
    ancho = 100 * cuantos / maximo if maximo else 0
    relleno = Markup('<rect class="lisa" x="0" y="1" width="{:.2f}%" height="14"/>').format(ancho)
    return _dibujo(ident, titulo, f"{cuantos:,}", "barra", 16, [relleno] if ancho else [])


def movimiento(ident: str, titulo: str, semanas: Sequence[Semana]) -> Markup:
    """Barras de lo recibido y lo concluido, semana por semana."""
    series = {que: [s.cifras.totales[que] for s in semanas] for que in ("recibidos", "concluidos")}
    techo = escala(max((int(n) for serie in series.values() for n in serie), default=0))
    ranura = (100 - _IZQUIERDA) / len(semanas)
    trazos = [*_rejilla(techo), *_fechas(semanas, ranura)]
    for lugar, (que, serie) in enumerate(series.items()):
        for i, cuantos in enumerate(serie):
            x = _IZQUIERDA + ranura * i + ranura * (0.08 + 0.44 * lugar)
            y = _altura(int(cuantos), techo)
            parcial = " parcial" if semanas[i].incompleta else ""
            trazos.append(
                Markup(
                    '<rect class="{}{}" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}"/>'
                ).format(que, parcial, x, y, ranura * 0.4, _PISO - y)
            )
    dicho = "; ".join(
        f"{s.periodo.clave}: {s.cifras.totales['recibidos']} recibidos y "
        f"{s.cifras.totales['concluidos']} concluidos"
        for s in semanas
    )
    return _dibujo(ident, titulo, dicho, "grafica", _ALTO, trazos)


def abiertos(ident: str, titulo: str, semanas: Sequence[Semana]) -> Markup:
    """La línea de lo que queda abierto al terminar cada semana."""
    serie = [int(s.cifras.totales["abiertos_final"]) for s in semanas]
    techo = escala(max(serie, default=0))
    ranura = (100 - _IZQUIERDA) / len(semanas)
    puntos = [
        (_IZQUIERDA + ranura * (i + 0.5), _altura(cuantos, techo))
        for i, cuantos in enumerate(serie)
    ]
    trazos = [*_rejilla(techo), *_fechas(semanas, ranura), *_linea(puntos, semanas)]
    for i in sorted({0, len(serie) - 1, serie.index(max(serie))}):
        x, y = puntos[i]
        ancla = "end" if i == len(serie) - 1 else "middle"
        trazos.append(
            Markup('<text class="valor {}" x="{:.2f}%" y="{:.1f}">{:,}</text>').format(
                ancla, x + (ranura * 0.5 if ancla == "end" else 0), max(y - 7, 11), serie[i]
            )
        )
    dicho = "; ".join(f"{s.periodo.clave}: {n}" for s, n in zip(semanas, serie, strict=True))
    return _dibujo(ident, titulo, dicho, "grafica", _ALTO, trazos)


def linea_breve(ident: str, titulo: str, semanas: Sequence[Semana]) -> Markup:
    """La misma línea en chico, para un procedimiento."""
    serie = [int(s.cifras.totales["abiertos_final"]) for s in semanas]
    techo = max(serie, default=0) or 1
    paso = 96 / max(len(serie) - 1, 1)
    puntos = [(2 + paso * i, 26 - 22 * n / techo) for i, n in enumerate(serie)]
    dicho = f"De {serie[0]:,} a {serie[-1]:,}"
    return _dibujo(ident, titulo, dicho, "breve", 30, [*_linea(puntos, semanas)])


def _linea(puntos: Sequence[tuple[float, float]], semanas: Sequence[Semana]) -> list[Markup]:
    trazos = []
    for i, ((ax, ay), (bx, by)) in enumerate(pairwise(puntos), start=1):
        parcial = " parcial" if semanas[i].incompleta else ""
        trazos.append(
            Markup(
                '<line class="abiertos{}" x1="{:.2f}%" y1="{:.1f}" x2="{:.2f}%" y2="{:.1f}"/>'
            ).format(parcial, ax, ay, bx, by)
        )
    x, y = puntos[-1]
    hueco = " parcial" if semanas[-1].incompleta else ""
    trazos.append(
        Markup('<circle class="punto{}" cx="{:.2f}%" cy="{:.1f}" r="3.5"/>').format(hueco, x, y)
    )
    return trazos


def escala(mayor: int) -> int:
    """El tope redondo de una gráfica, que se parte en dos sin decimales: 2, 4, 6… 30, 40, 50…"""
    ceros = 1
    while mayor > 10 * ceros:
        ceros *= 10
    topes = (tope * ceros for tope in (2, 3, 4, 5, 6, 8, 10))
    return next(tope for tope in topes if tope >= mayor and tope % 2 == 0)


def _altura(cuantos: int, techo: int) -> float:
    return _PISO - (_PISO - _TECHO) * cuantos / techo


def _rejilla(techo: int) -> list[Markup]:
    trazos = []
    for cuantos in (0, techo // 2, techo):
        y = _altura(cuantos, techo)
        trazos.append(
            Markup(
                '<line class="rejilla" x1="{:.2f}%" y1="{:.1f}" x2="100%" y2="{:.1f}"/>'
                '<text class="eje" x="{:.2f}%" y="{:.1f}">{:,}</text>'
            ).format(_IZQUIERDA, y, y, _IZQUIERDA - 1.2, y + 4, cuantos)
        )
    return trazos


def _fechas(semanas: Sequence[Semana], ranura: float) -> list[Markup]:
    """El lunes de una de cada tres semanas, contando hacia atrás desde la última."""
    trazos = []
    for i in range(len(semanas) - 1, -1, -3):
        lunes = semanas[i].periodo.desde
        ultima = i == len(semanas) - 1
        x = 100.0 if ultima else _IZQUIERDA + ranura * (i + 0.5)
        trazos.append(
            Markup('<text class="fecha {}" x="{:.2f}%" y="158">{} {}</text>').format(
                "end" if ultima else "middle", x, lunes.day, MESES[lunes.month - 1][:3]
            )
        )
    return trazos


def _dibujo(
    ident: str, titulo: str, descripcion: str, clase: str, alto: int, trazos: Sequence[Markup]
) -> Markup:
    """Un SVG que se nombra y se describe a quien lo oye."""
    return Markup(
        '<svg class="{0}" width="100%" height="{1}" role="img" focusable="false" '
        'aria-labelledby="{2}-t {2}-d"><title id="{2}-t">{3}</title>'
        '<desc id="{2}-d">{4}</desc>{5}</svg>'
    ).format(clase, alto, ident, escape(titulo), escape(descripcion), Markup("").join(trazos))
