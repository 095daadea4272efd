"""Los números en palabras, como se dicen en México: cuántos son y qué lugar ocupan."""

from functools import cache

MAYOR = 10**18 - 1
ULTIMO_ORDINAL_EN_LETRA = 100

_HASTA_VEINTINUEVE = (
    "", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
    "diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete",
    "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro",
    "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
)  # fmt: skip
_DECENAS = (
    "", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
)  # fmt: skip
_CIENTOS = (
    "", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos",
    "setecientos", "ochocientos", "novecientos",
)  # fmt: skip
_ORDINALES = (
    "", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo",
    "noveno", "décimo", "undécimo", "duodécimo", "decimotercero", "decimocuarto",
    "decimoquinto", "decimosexto", "decimoséptimo", "decimoctavo", "decimonoveno",
    "vigésimo", "vigesimoprimero", "vigesimosegundo", "vigesimotercero", "vigesimocuarto",
    "vigesimoquinto", "vigesimosexto", "vigesimoséptimo", "vigesimoctavo", "vigesimonoveno",
)  # fmt: skip
_DECENAS_ORDINALES = (
    "", "", "", "trigésimo", "cuadragésimo", "quincuagésimo", "sexagésimo", "septuagésimo",
    "octogésimo", "nonagésimo", "centésimo",
)  # fmt: skip


def cardinal(numero: int, *, femenino: bool = False, apocope: bool = False) -> str:
    """«treinta y uno», «treinta y una»; con `apocope`, ante palabra masculina: «treinta y un».

    Los negativos llevan «menos» y los millones son siempre masculinos. Lanza ValueError si
    tiene más de dieciocho cifras.
    """
    if abs(numero) > MAYOR:
        raise ValueError("el número tiene más de dieciocho cifras")
    if numero <= 0:
        return (
            f"menos {cardinal(-numero, femenino=femenino, apocope=apocope)}" if numero else "cero"
        )
    millones, unidades = divmod(numero, 10**6)
    billones, millones = divmod(millones, 10**6)
    partes = (
        _contados(billones, "billón", "billones"),
        _contados(millones, "millón", "millones"),
        _seis_cifras(unidades, femenino, apocope),
    )
    return " ".join(filter(None, partes))


def cuantos_en_letra(numero: int, singular: str, plural: str, *, femenino: bool = False) -> str:
    """El número ante lo que se cuenta: «un peso», «veintiuna cartas», «un millón de pesos»."""
    letra = cardinal(numero, femenino=femenino, apocope=True)
    de = "de " if numero and numero % 10**6 == 0 else ""
    return f"{letra} {de}{singular if abs(numero) == 1 else plural}"


def ordinal(numero: int, *, femenino: bool = False, apocope: bool = False) -> str:
    """«primero», «primera»; con `apocope`, ante palabra masculina: «primer». Tras cien, «101.º».

    Lanza ValueError si no es de uno en adelante.
    """
    if numero < 1:
        raise ValueError("los lugares se cuentan desde el primero")
    acortado = apocope and not femenino and numero % 10 in (1, 3) and numero % 100 != 11
    if numero > ULTIMO_ORDINAL_EN_LETRA:
        return f"{numero}.{'ª' if femenino else 'er' if acortado else 'º'}"
    if numero < len(_ORDINALES):
        letra = _ORDINALES[numero]
    else:
        letra = f"{_DECENAS_ORDINALES[numero // 10]} {_ORDINALES[numero % 10]}".strip()
    if femenino:
        return " ".join(f"{palabra[:-1]}a" for palabra in letra.split())
    return letra[:-1] if acortado else letra


def _contados(numero: int, singular: str, plural: str) -> str:
    if numero == 0:
        return ""
    return f"un {singular}" if numero == 1 else f"{_seis_cifras(numero, False, True)} {plural}"


def _seis_cifras(numero: int, femenino: bool, apocope: bool) -> str:
    miles, unidades = divmod(numero, 1000)
    resto = _tres_cifras(unidades, femenino, apocope)
    if miles == 0:
        return resto
    delante = f"{_tres_cifras(miles, femenino, True)} mil" if miles > 1 else "mil"
    return f"{delante} {resto}" if resto else delante


@cache
def _tres_cifras(numero: int, femenino: bool, apocope: bool) -> str:
    if numero == 100:
        return "cien"
    cientos, resto = divmod(numero, 100)
    centenas = _CIENTOS[cientos]
    if femenino and cientos > 1:
        centenas = f"{centenas[:-2]}as"
    return f"{centenas} {_dos_cifras(resto, femenino, apocope)}".strip()


def _dos_cifras(numero: int, femenino: bool, apocope: bool) -> str:
    if numero < len(_HASTA_VEINTINUEVE):
        letra = _HASTA_VEINTINUEVE[numero]
    else:
        decenas, unidades = divmod(numero, 10)
        letra = _DECENAS[decenas] + (f" y {_HASTA_VEINTINUEVE[unidades]}" if unidades else "")
    if numero % 10 != 1 or numero == 11:
        return letra
    if femenino:
        return f"{letra[:-1]}a"
    # Sin su vocal última, «veintiún» es aguda y lleva acento.
    return ("veintiún" if numero == 21 else letra[:-1]) if apocope else letra
