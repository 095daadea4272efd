"""El diagrama de flujo en SVG: autónomo, con el texto como texto y nombrado para oírse."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from expediente.documentos.tinta import Grupo, entintar
from expediente.documentos.trazos import Letrero, Linea, Poligono, Trazo
from expediente.nucleo.diagrama import Diagrama
from expediente.nucleo.letra import ancho_de

MARGEN = 6
_LETRAS = "Arial, 'Liberation Sans', Helvetica, sans-serif"


def en_svg(d: Diagrama) -> str:
    """El diagrama como un fichero SVG completo, que no pide nada a la red.

    Trae título y descripción para quien lo oye, y cada símbolo el suyo. Cada renglón dice
    cuánto mide, para que otra letra tampoco se salga de su caja.
    """
    ancho, alto = d.ancho + 2 * MARGEN, d.alto + 2 * MARGEN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{ancho:.0f}pt" height="{alto:.0f}pt" '
            f'viewBox="{-MARGEN} {-MARGEN} {ancho:.1f} {alto:.1f}" role="img" xml:lang="es-MX" '
            'aria-labelledby="titulo descripcion">',
            f'<title id="titulo">Diagrama de flujo: {escape(d.titulo)}</title>',
            f'<desc id="descripcion">{escape(d.descripcion)}</desc>',
            f'<rect x="{-MARGEN}" y="{-MARGEN}" width="{ancho:.1f}" height="{alto:.1f}" '
            'fill="#ffffff"/>',
            f'<g font-family="{_LETRAS}" stroke-linejoin="round">',
            *(linea for grupo in entintar(d) for linea in _grupo(grupo)),
            "</g>",
            "</svg>",
            "",
        )
    )


def _grupo(grupo: Grupo) -> Iterator[str]:
    if not grupo.titulo:
        yield from map(_trazo, grupo.trazos)
        return
    yield f"<g><title>{escape(grupo.titulo)}</title>"
    yield from map(_trazo, grupo.trazos)
    yield "</g>"


def _trazo(trazo: Trazo) -> str:
    if isinstance(trazo, Letrero):
        return _letrero(trazo)
    puntos = " ".join(f"{x:.1f},{y:.1f}" for x, y in trazo.puntos)
    if isinstance(trazo, Linea):
        return (
            f'<polyline points="{puntos}" fill="none" stroke="{trazo.color}" '
            f'stroke-width="{trazo.grueso}"/>'
        )
    return f'<polygon points="{puntos}" fill="{trazo.relleno}"{_pluma(trazo)}/>'


def _pluma(poligono: Poligono) -> str:
    return f' stroke="#000000" stroke-width="{poligono.grueso}"' if poligono.grueso else ""


def _letrero(letrero: Letrero) -> str:
    medida = ancho_de(letrero.texto, letrero.tamano, letrero.negrita)
    modo = ' font-weight="bold"' if letrero.negrita else ""
    modo += ' font-style="italic"' if letrero.cursiva else ""
    return (
        f'<text x="{letrero.x:.1f}" y="{letrero.y:.1f}" font-size="{letrero.tamano}" '
        f'textLength="{medida:.1f}" lengthAdjust="spacingAndGlyphs"{modo}>'
        f"{escape(letrero.texto)}</text>"
    )
