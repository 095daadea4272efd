"""Los símbolos de un diagrama de flujo, cada uno hecho a la medida de su texto.

Las medidas van en puntos (72 por pulgada); `x` crece a la derecha e `y` hacia abajo.
"""

from dataclasses import dataclass, replace

from expediente.nucleo.flujo import Nodo
from expediente.nucleo.letra import ancho_de, en_renglones, palabra_mas_ancha

LETRA = 7.0
RENGLON = 8.4
ONDA = 5.0
CABE_ENTERA = 200.0
_AIRE = 4.0
_ALTO_DE_BARRA = 3.0

ACTIVIDAD, DOCUMENTO, DECISION, ESPERA, BARRA, TERMINAL = (
    *("actividad", "documento", "decision"),
    *("espera", "barra", "terminal"),
)


@dataclass(frozen=True)
class Caja:
    """Un símbolo en su lugar: esquina de arriba a la izquierda, ancho y alto.

    `columna` es el ancho de la casilla del número, 0 si no lleva. Los últimos `cursivas`
    renglones nombran documentos. `titulo` es lo que dice un lector de pantalla.
    """

    forma: str
    ancho: float
    alto: float
    renglones: tuple[str, ...] = ()
    numero: str = ""
    columna: float = 0
    cursivas: int = 0
    titulo: str = ""
    x: float = 0
    y: float = 0

    @property
    def centro(self) -> float:
        """La `x` de su eje."""
        return self.x + self.ancho / 2

    @property
    def fondo(self) -> float:
        """La `y` de su lado de abajo."""
        return self.y + self.alto

    @property
    def salida(self) -> float:
        """La `y` de su orilla de abajo en el eje: la onda de un documento ahí va a medias."""
        return self.fondo - (ONDA / 2 if self.forma == DOCUMENTO else 0)

    def en(self, centro: float, y: float) -> "Caja":
        """La misma, con su eje en `centro` y su lado de arriba en `y`."""
        return replace(self, x=centro - self.ancho / 2, y=y)


def pila_de(nodo: Nodo, ancho: float) -> list[Caja]:
    """Los símbolos de un nodo, de arriba abajo, todavía sin lugar; ninguno pasa de `ancho`."""
    pila = [_barra(ancho, "Espera a que terminen las ramas")] if nodo.reune else []
    if nodo.espera:
        pila.append(_espera(nodo.espera, ancho))
    pila.append(_actividad(nodo, ancho))
    pila += [_espera(plazo, ancho) for plazo in nodo.plazos]
    if nodo.pregunta:
        pila.append(_decision(nodo.pregunta, ancho))
    if nodo.bifurca:
        pila.append(_barra(ancho, "Siguen a la vez"))
    return pila


def terminal(texto: str, ancho: float) -> Caja:
    """Un óvalo de inicio o fin, no más ancho que `ancho`."""
    renglones = en_renglones(texto, LETRA, ancho - 18)
    medida = max(ancho_de(r, LETRA) for r in renglones) + 16
    return Caja(TERMINAL, max(medida, 40), len(renglones) * RENGLON + 6, renglones, titulo=texto)


def _actividad(nodo: Nodo, ancho: float) -> Caja:
    columna = ancho_de(nodo.numero, LETRA, True) + 7 if nodo.numero else 0.0
    cabe = ancho - columna - 2 * _AIRE
    dice = en_renglones(nodo.actividad, LETRA, cabe)
    nombra = [r for nombre in nodo.documentos for r in en_renglones(nombre, LETRA, cabe)]
    forma = DOCUMENTO if nombra else ACTIVIDAD
    alto = (len(dice) + len(nombra)) * RENGLON + 5 + (ONDA if nombra else 0)
    titulo = f"{nodo.numero} {nodo.responsable}: {nodo.actividad}".strip()
    return Caja(forma, ancho, alto, (*dice, *nombra), nodo.numero, columna, len(nombra), titulo)


def _espera(texto: str, ancho: float) -> Caja:
    """La «D» de demora: el lado derecho es medio círculo, donde no se escribe."""
    renglones = en_renglones(texto, LETRA, ancho - 22)
    alto = len(renglones) * RENGLON + 4
    medida = max(ancho_de(r, LETRA) for r in renglones) + 22
    return Caja(ESPERA, min(medida, ancho), alto, renglones, titulo=texto)


def _decision(texto: str, ancho: float) -> Caja:
    """Un rombo en que el texto, centrado, no toca los lados."""
    cabe = max(palabra_mas_ancha(texto, LETRA), ancho_de(texto, LETRA) if ancho > 90 else 0)
    renglones = en_renglones(texto, LETRA, cabe + 0.1)
    medio_alto = 8.5 + 4.2 * len(renglones)
    # A esa altura el rombo mide, de lado a lado, esta parte de su ancho.
    parte = 1 - 4.2 * len(renglones) / medio_alto
    medida = max(ancho_de(r, LETRA) for r in renglones) / parte + 7
    return Caja(DECISION, medida, 2 * medio_alto, renglones, titulo=texto)


def _barra(ancho: float, titulo: str) -> Caja:
    return Caja(BARRA, ancho * 0.7, _ALTO_DE_BARRA, titulo=titulo)


_MUESTRAS = (
    (TERMINAL, "Inicio o fin"),
    (ACTIVIDAD, "Actividad"),
    (DOCUMENTO, "Con documento"),
    (DECISION, "Decisión"),
    (ESPERA, "Espera o plazo"),
    (BARRA, "Ramas a la vez"),
)


def leyenda(y: float, usadas: set[str]) -> list[Caja]:
    """La simbología al pie: una muestra de cada símbolo que el diagrama usa."""
    muestras, x = [], 4.0
    for forma, nombre in _MUESTRAS:
        if forma in usadas or forma == TERMINAL:
            muestra = _muestra(forma, nombre)
            muestras.append(muestra.en(x + muestra.ancho / 2, y + 22 - muestra.alto / 2))
            x = muestras[-1].x + muestra.ancho + 14
    return muestras


def _muestra(forma: str, nombre: str) -> Caja:
    if forma == DECISION:
        return _decision(nombre, CABE_ENTERA)
    if forma == TERMINAL:
        return terminal(nombre, CABE_ENTERA)
    if forma == BARRA:
        return replace(_barra(80, nombre), renglones=(nombre,))
    sobra = 22 if forma == ESPERA else 12
    alto = RENGLON + 6 + (ONDA if forma == DOCUMENTO else 0)
    return Caja(forma, ancho_de(nombre, LETRA) + sobra, alto, (nombre,), titulo=nombre)
