"""Un mapa de columnas: cómo se lee la hoja de otro sistema como solicitudes nuestras."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from expediente.nucleo.campo import ValorInvalido, leer_momento, plano
from expediente.nucleo.errores import DatosInvalidos, citar, sugerencia
from expediente.nucleo.forma import Forma, Llave, Ruta, lista, tabla, texto


@dataclass(frozen=True)
class Columna:
    """De qué columnas sale un campo y cómo se traduce.

    Varias columnas se juntan con `union`. Con `valores`, sólo se aceptan los que lista.
    `formato` son los de la fecha y hora, en el orden en que se prueban.
    """

    columnas: tuple[str, ...]
    union: str = " "
    valores: Mapping[str, str] | None = None
    formato: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapa:
    """El mapa completo: procedimiento, qué identifica al renglón y cada campo.

    `identidad` vacía es el renglón entero. `vacios` son los textos que dicen «sin dato».
    """

    procedimiento: str
    columnas: Mapping[str, Columna]
    identidad: tuple[str, ...] = ()
    vacios: tuple[str, ...] = ("",)
    fijos: Mapping[str, str] = field(default_factory=dict)


_COLUMNA = Forma(
    lambda columna, columnas, **demas: Columna((columna,) if columna else columnas, **demas),
    {
        "columna": Llave(texto, "una columna"),
        "columnas": Llave(lista(texto), "varias que se juntan", omision=()),
        "union": Llave(lambda valor, ruta: str(valor), "con qué se juntan", omision=" "),
        "valores": Llave(tabla(texto), "valor de la hoja: clave nuestra"),
        "formato": Llave(lista(texto), "formatos de fecha y hora", omision=()),
    },
)


def _columna(valor: object, ruta: Ruta) -> Columna:
    return Columna((valor.strip(),)) if isinstance(valor, str) else _COLUMNA(valor, ruta)


MAPA = Forma(
    Mapa,
    {
        "procedimiento": Llave(texto, "qué se abre", obligatoria=True),
        "identidad": Llave(lista(texto), "columnas que identifican el renglón", omision=()),
        "vacios": Llave(lista(texto), "textos que dicen «sin dato»", omision=("",)),
        "columnas": Llave(tabla(_columna), "campo: columna", obligatoria=True),
        "fijos": Llave(tabla(texto), "campo: valor igual para todos", omision={}),
    },
)


def mapa_directo(procedimiento: str, encabezados: Sequence[str], campos: Mapping[str, str]) -> Mapa:
    """El mapa de una hoja cuyos encabezados son las claves o los nombres de los campos.

    `campos` es {clave: nombre}. Lanza DatosInvalidos si un encabezado no es ninguno.
    """
    por_nombre = {plano(nombre): clave for clave, nombre in campos.items()}
    por_nombre |= {plano(clave): clave for clave in (*campos, *PROPIOS)}
    columnas = {}
    for lugar, encabezado in enumerate(encabezados, start=1):
        clave = por_nombre.get(plano(encabezado))
        if clave is None:
            raise DatosInvalidos(
                f"La columna {lugar} ({citar(encabezado, 'su encabezado')}) no es un campo de "
                f"«{procedimiento}».{sugerencia(encabezado, campos)} Si la hoja es de otro "
                "sistema, use --mapa; si no, revise que empiece por sus encabezados."
            )
        columnas[clave] = Columna((encabezado,))
    return Mapa(procedimiento, columnas)


PROPIOS = ("recibido", "canal")


@dataclass(frozen=True)
class Traducido:
    """Un renglón ya en nuestros términos; `datos` todavía como se escribieron."""

    datos: Mapping[str, str]
    recibido: datetime | None
    canal: str | None


def traducir(mapa: Mapa, renglon: Mapping[str, str]) -> Traducido:
    """El renglón según el mapa.

    Lanza DatosInvalidos con el campo que no se entiende, sin repetir lo escrito.
    """
    datos = dict(mapa.fijos)
    recibido = None
    for clave, columna in mapa.columnas.items():
        escrito = _juntar(mapa, columna, renglon)
        if not escrito:
            continue
        if columna.valores is not None:
            escrito = _por_valor(clave, columna, escrito)
        if clave == "recibido":
            recibido = _momento(columna, escrito)
        else:
            datos[clave] = escrito
    return Traducido(datos, recibido, datos.pop("canal", None))


def _juntar(mapa: Mapa, columna: Columna, renglon: Mapping[str, str]) -> str:
    partes = [renglon.get(nombre, "").strip() for nombre in columna.columnas]
    return columna.union.join(p for p in partes if p not in mapa.vacios)


def _por_valor(clave: str, columna: Columna, escrito: str) -> str:
    for de_la_hoja, nuestro in (columna.valores or {}).items():
        if plano(de_la_hoja) == plano(escrito):
            return nuestro
    donde = " y ".join(f"«{nombre}»" for nombre in columna.columnas)
    raise DatosInvalidos(
        f"«{clave}»: lo que dice {donde} no está en el mapa; añádalo a sus `valores` o corrija "
        "la hoja."
    )


def _momento(columna: Columna, escrito: str) -> datetime:
    try:
        return leer_momento(escrito, columna.formato)
    except ValorInvalido as error:
        raise DatosInvalidos(f"«recibido»: {error}") from None


def columnas_que_faltan(mapa: Mapa, encabezados: Sequence[str]) -> list[str]:
    """Las columnas que el mapa pide y la hoja no trae."""
    pedidas = [c for columna in mapa.columnas.values() for c in columna.columnas]
    return sorted({c for c in (*pedidas, *mapa.identidad) if c not in encabezados})
