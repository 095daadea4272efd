"""Lee números escritos en palabras: al revés que el programa, y sin nada suyo.

Suma palabra por palabra; «mil», «millón» y «billón» multiplican lo que llevan delante.
"""

_VALE = {
    **{"cero": 0, "un": 1, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5},
    **{"seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12},
    **{"trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16, "diecisiete": 17},
    **{"dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiún": 21, "veintiuno": 21},
    **{"veintiuna": 21, "veintidós": 22, "veintitrés": 23, "veinticuatro": 24},
    **{"veinticinco": 25, "veintiséis": 26, "veintisiete": 27, "veintiocho": 28},
    **{"veintinueve": 29, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60},
    **{"setenta": 70, "ochenta": 80, "noventa": 90, "cien": 100, "ciento": 100},
    **{"doscientos": 200, "trescientos": 300, "cuatrocientos": 400, "quinientos": 500},
    **{"seiscientos": 600, "setecientos": 700, "ochocientos": 800, "novecientos": 900},
    **{"doscientas": 200, "trescientas": 300, "cuatrocientas": 400, "quinientas": 500},
    **{"seiscientas": 600, "setecientas": 700, "ochocientas": 800, "novecientas": 900},
}
_MULTIPLICAN = {"millón": 10**6, "millones": 10**6, "billón": 10**12, "billones": 10**12}


def leer_numero(letra: str) -> int:
    """El número que dicen esas palabras; KeyError si alguna no es de un número."""
    total = grupo = suelto = 0
    for palabra in letra.split():
        if palabra == "y":
            continue
        if palabra == "mil":
            grupo, suelto = grupo + (suelto or 1) * 1000, 0
        elif palabra in _MULTIPLICAN:
            total, grupo, suelto = total + (grupo + suelto) * _MULTIPLICAN[palabra], 0, 0
        else:
            suelto += _VALE[palabra]
    return total + grupo + suelto
