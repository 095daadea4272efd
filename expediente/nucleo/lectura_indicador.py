"""Cómo se escribe un indicador: sus llaves, lo que significan y lo que se exigen entre sí."""

from decimal import Decimal, InvalidOperation

from expediente.nucleo.forma import (
    Forma,
    FormaInvalida,
    Llave,
    Ruta,
    entero,
    enumeradas,
    lista,
    si_no,
    texto,
    uno_de,
)
from expediente.nucleo.indicador import (
    A_LO_MAS,
    AL_MENOS,
    CALCULOS,
    COBERTURA,
    COHORTE,
    FLUJO,
    MEDIANA,
    MODOS,
    P90,
    RANGOS,
    UNIDADES,
    Debidos,
    Desglose,
    Estandar,
    Exclusion,
    Indicador,
    Lado,
    Medida,
)
from expediente.nucleo.lectura_procedimiento import MANUAL, leer_condicion
from expediente.nucleo.periodo import PERIODOS


def _hacer(**llaves: object) -> Indicador:
    indicador = Indicador(**llaves)  # type: ignore[arg-type]  # tipado por la Forma
    lados = (("numerador", indicador.numerador), ("denominador", indicador.denominador))
    _exigir(indicador.modo != COHORTE or indicador.ancla, "ancla", "una cohorte dice su fecha")
    _exigir(
        indicador.calculo not in (MEDIANA, P90, RANGOS) or indicador.mide,
        "mide",
        "diga qué se mide",
    )
    _exigir(indicador.calculo != RANGOS or indicador.rangos, "rangos", "diga hasta dónde llegan")
    _exigir(
        indicador.calculo != COBERTURA
        or (indicador.numerador.distintos and indicador.denominador.catalogo),
        "numerador",
        "una cobertura lleva `distintos` en el numerador y `catalogo` en el denominador",
    )
    for nombre, lado in lados:
        aparte = lado.catalogo or lado.existencia
        _exigir(
            indicador.modo != FLUJO or aparte or lado.fecha,
            nombre,
            "en un flujo, cada lado dice la `fecha` de su hecho",
        )
    if len(set(indicador.rangos)) != len(indicador.rangos) or list(indicador.rangos) != sorted(
        indicador.rangos
    ):
        raise FormaInvalida(("rangos",), "los límites van de menor a mayor, sin repetirse.")
    return indicador


def _exigir(consta: object, llave: str, dicho: str) -> None:
    if not consta:
        raise FormaInvalida((), f"falta algo en «{llave}»: {dicho}.")


def _numero(valor: object, ruta: Ruta) -> Decimal:
    try:
        leido = Decimal(texto(valor, ruta))
    except InvalidOperation:
        leido = Decimal("NaN")
    if not leido.is_finite():
        raise FormaInvalida(ruta, "se esperaba un número, como 95 o 4.5.")
    return leido


_CLAVE = Llave(texto, "cómo se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo se lee", obligatoria=True)
_CONDICION = Llave(leer_condicion, "condición sobre los hechos del caso")
_EXIGIDA = Llave(leer_condicion, "expresión sobre los hechos del caso", obligatoria=True)

LADO = Forma(
    Lado,
    {
        "nombre": _NOMBRE,
        "si": _CONDICION,
        "fecha": Llave(leer_condicion, "la fecha del hecho que se cuenta, en un flujo"),
        "suma": Llave(leer_condicion, "qué se suma, en vez de contar"),
        "distintos": Llave(leer_condicion, "de qué se cuentan los valores distintos"),
        "catalogo": Llave(texto, "catálogo cuyas opciones se cuentan"),
        "existencia": Llave(texto, "existencia cuya cantidad se suma"),
    },
)
EXCLUSION = Forma(Exclusion, {"nombre": _NOMBRE, "si": _EXIGIDA})
MEDIDA = Forma(
    Medida,
    {
        "nombre": _NOMBRE,
        "desde": _EXIGIDA,
        "hasta": _CONDICION,
        "unidad": Llave(
            uno_de(*UNIDADES), f"en qué se mide: {enumeradas(UNIDADES)}", obligatoria=True
        ),
    },
)
ESTANDAR = Forma(
    Estandar,
    {
        "dice": Llave(texto, "como lo escribe el manual"),
        "meta": Llave(_numero, "el número que se espera"),
        "sentido": Llave(
            uno_de(AL_MENOS, A_LO_MAS),
            f"si es piso o techo: {enumeradas((AL_MENOS, A_LO_MAS))}",
            omision=AL_MENOS,
        ),
    },
)
DESGLOSE = Forma(
    Desglose,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "por": _EXIGIDA,
        "catalogo": Llave(texto, "catálogo que da el nombre de cada valor"),
    },
)
DEBIDOS = Forma(Debidos, {"nombre": _NOMBRE, "mes": _EXIGIDA, "salvo": _CONDICION})
INDICADOR = Forma(
    _hacer,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "manual": Llave(MANUAL, "de qué manual sale"),
        "actividades": Llave(lista(entero), "números de actividad que mide", omision=()),
        "procedimientos": Llave(lista(texto), "procedimientos cuyos casos mira", obligatoria=True),
        "calculo": Llave(
            uno_de(*CALCULOS), f"cómo se calcula: {enumeradas(CALCULOS)}", obligatoria=True
        ),
        "modo": Llave(
            uno_de(*MODOS), f"a qué periodo toca cada caso: {enumeradas(MODOS)}", obligatoria=True
        ),
        "solo": Llave(leer_condicion, "qué casos mira; los demás ni se dicen"),
        "ancla": Llave(leer_condicion, "la fecha que decide a qué periodo toca, en una cohorte"),
        "numerador": Llave(LADO, "lo que se logró", obligatoria=True),
        "denominador": Llave(LADO, "sobre cuánto", obligatoria=True),
        "mide": Llave(MEDIDA, "cuánto duró, en mediana, p90 y rangos"),
        "rangos": Llave(lista(entero), "hasta dónde llega cada rango", omision=()),
        "holgura": Llave(entero, "días naturales que se espera tras el periodo", omision=0),
        "excluye": Llave(lista(EXCLUSION), "lo que no entra, y por qué", omision=()),
        "debidos": Llave(DEBIDOS, "lo que se debe cada mes aunque nadie lo abra"),
        "estandar": Llave(ESTANDAR, "contra qué se juzga"),
        "periodicidad": Llave(
            uno_de(*PERIODOS), f"cada cuánto se mide: {enumeradas(PERIODOS)}", obligatoria=True
        ),
        "se_mide": Llave(texto, "la periodicidad como la escribe el manual"),
        "unidad": Llave(texto, "de qué es el número, en promedios y sumas"),
        "por": Llave(lista(DESGLOSE), "los desgloses", omision=()),
        "minimo": Llave(entero, "con menos casos no se publica un desglose", omision=0),
        "agrupa": Llave(
            si_no, "si los que no llegan al mínimo se juntan en «Otros»", omision=False
        ),
        "junto_a": Llave(lista(texto), "los indicadores sin los que éste engaña", omision=()),
        "nota": Llave(texto, "con qué cautela se lee"),
    },
)
