"""Los campos de un formulario: sus tipos y cómo se entiende lo que alguien escribe.

Una sola tabla sirve a `-d`, a las hojas de cálculo, a las preguntas y a los ficheros.
Lo que se guarda es siempre texto en una forma canónica (fecha ISO, «sí»/«no», monto
con punto); `valor` lo vuelve dato cuando una regla o una carta lo necesita.
Ningún mensaje repite lo escrito: puede ser un dato personal.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, lru_cache

from expediente.nucleo.condicion import Condicion
from expediente.nucleo.curp import revisar_curp
from expediente.nucleo.errores import sugerencia
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.medida import Medida


class ValorInvalido(ValueError):
    """Lo escrito no sirve para ese campo; el mensaje dice qué se espera."""


@dataclass(frozen=True)
class Opcion:
    """Una entrada de catálogo: su clave, su nombre y los demás atributos que traiga.

    `alias` son otras maneras de decirla: «La Fe» por «Fraccionamiento La Fe».
    """

    clave: str
    nombre: str
    atributos: Mapping[str, str] = field(default_factory=dict)
    alias: tuple[str, ...] = ()


Catalogo = Mapping[str, Opcion]
Catalogos = Mapping[str, Catalogo]


@dataclass(frozen=True)
class Campo:
    """Un dato del formulario.

    `tipo` es una llave de `TIPOS` o de `COMPUESTOS`. `catalogo` nombra el catálogo de
    una opción; `opciones`, las propias del campo. `partes` vuelve obligatorias otras
    partes de un campo compuesto. `lista` dice cuántos se aceptan como máximo; None si
    no es lista. `sensible` marca datos que no salen en oficios, listas ni informes.
    `campos` son las partes de un `grupo`, las que el procedimiento quiera.
    """

    clave: str
    nombre: str
    tipo: str = "texto"
    obligatorio: bool = False
    obligatorio_si: Condicion | None = None
    catalogo: str | None = None
    opciones: tuple[Opcion, ...] = ()
    partes: tuple[str, ...] = ()
    lista: int | None = None
    sensible: bool = False
    ayuda: str | None = None
    campos: tuple["Campo", ...] = ()

    @cached_property
    def hojas(self) -> tuple["Campo", ...]:
        """Sus datos sueltos; se preguntan en cada paso y no cambian."""
        return tuple(_hojas_de(self))


def limpiar(escrito: str) -> str:
    """Texto en forma NFC y sin espacios sobrantes.

    Lanza ValorInvalido si trae caracteres de control o que no son texto.
    """
    limpio = unicodedata.normalize("NFC", escrito.replace("\r\n", "\n")).strip()
    for letra in limpio:
        if letra in "\n\t":
            continue
        if unicodedata.category(letra) in ("Cc", "Cs", "Co", "Cn") or letra in "\u2028\u2029":
            raise ValorInvalido("tiene caracteres que no son texto; vuelva a escribirlo.")
    return limpio


# Cargar una hoja compara cada renglón con los mismos nombres de los catálogos.
@lru_cache(maxsize=4096)
def plano(escrito: str) -> str:
    """Texto para comparar: minúsculas, sin acentos (la ñ se queda), espacios simples."""
    sin = []
    for letra in unicodedata.normalize("NFC", escrito).casefold():
        partes = unicodedata.normalize("NFD", letra)
        base = "".join(c for c in partes if not unicodedata.combining(c))
        sin.append(letra if letra == "ñ" else base)
    return " ".join("".join(sin).replace("_", " ").split())


# La coma sólo separa millares: «1,50» no son ciento cincuenta.
_CIFRAS = r"(?:[0-9]{1,13}|[0-9]{1,3}(?:,[0-9]{3}){1,4})"


def _fecha(escrito: str) -> str:
    hallada = re.fullmatch(r"(?a)(\d{1,2})[/-](\d{1,2})[/-](\d{4})", escrito)
    partes = (hallada[3], hallada[2], hallada[1]) if hallada else None
    if partes is None and (iso := re.fullmatch(r"(?a)(\d{4})-(\d{2})-(\d{2})", escrito)):
        partes = (iso[1], iso[2], iso[3])
    if partes is None:
        if re.fullmatch(r"\d{1,2}[/-]\d{1,2}[/-]\d{2}", escrito):
            raise ValorInvalido("el año tiene sólo dos cifras; escríbalo con cuatro (06/09/2024).")
        raise ValorInvalido("no es una fecha; escríbala como 06/09/2024 o 2024-09-06.")
    try:
        return date(*map(int, partes)).isoformat()
    except ValueError:
        raise ValorInvalido("esa fecha no existe en el calendario.") from None


def _hora(escrito: str) -> str:
    hallada = re.fullmatch(r"(?a)(\d{1,2}):([0-5]\d)(?::[0-5]\d)?", escrito)
    if not hallada or int(hallada[1]) > 23:
        raise ValorInvalido("no es una hora; escríbala de 00:00 a 23:59.")
    return f"{int(hallada[1]):02d}:{hallada[2]}"


def _entero(escrito: str) -> str:
    if not re.fullmatch(rf"-?{_CIFRAS}", escrito):
        raise ValorInvalido("no es un número entero.")
    return str(int(escrito.replace(",", "")))


def _monto(escrito: str) -> str:
    hallado = re.fullmatch(rf"\$?\s*({_CIFRAS}(?:\.[0-9]{{1,2}})?)", escrito)
    if not hallado:
        raise ValorInvalido("no es un monto en pesos con centavos, como 1,500.10.")
    return str(Decimal(hallado[1].replace(",", "")).quantize(Decimal("0.01")))


def _decimal(escrito: str) -> str:
    if not re.fullmatch(r"(?a)-?\d{1,12}(\.\d{1,12})?", escrito):
        raise ValorInvalido("no es un número con decimales, como 25.561234.")
    return escrito


def _si_no(escrito: str) -> str:
    if plano(escrito) in ("si", "s", "x", "1", "verdadero"):
        return "sí"
    if plano(escrito) in ("no", "n", "0", "falso"):
        return "no"
    raise ValorInvalido("conteste «sí» o «no».")


def _telefono(escrito: str) -> str:
    cifras = re.sub(r"[^0-9]", "", escrito)
    cifras = re.sub(r"^(00)?52(?=\d{10,11}$)", "", cifras)
    cifras = re.sub(r"^(044|045|01|1)(?=\d{10}$)", "", cifras)
    if len(cifras) != 10 or re.search(r"[^0-9\s()+.\-/]", escrito):
        raise ValorInvalido("el teléfono debe tener diez cifras, con su clave de larga distancia.")
    return cifras


def _codigo_postal(escrito: str) -> str:
    if not re.fullmatch(r"[0-9]{5}", escrito):
        raise ValorInvalido("el código postal tiene cinco cifras, con sus ceros a la izquierda.")
    return escrito


def _curp(escrito: str) -> str:
    curp = re.sub(r"[\s-]", "", escrito).upper()
    problema = revisar_curp(curp)
    if problema:
        raise ValorInvalido(f"{problema} Revísela contra el documento, o déjela vacía.")
    return curp


def _folio(escrito: str) -> str:
    folio = leer_folio(escrito)
    if folio is None:
        raise ValorInvalido("no es un folio, como EB-2026-0042.")
    return str(folio)


def _renglon(escrito: str) -> str:
    return " ".join(escrito.split())


TIPOS: dict[str, Callable[[str], str]] = {
    "texto": _renglon,
    "parrafo": lambda escrito: escrito,
    "fecha": _fecha,
    "hora": _hora,
    "entero": _entero,
    "monto": _monto,
    "decimal": _decimal,
    "si-no": _si_no,
    "opcion": lambda escrito: escrito,
    "curp": _curp,
    "telefono": _telefono,
    "codigo-postal": _codigo_postal,
    "folio": _folio,
}

# Un campo compuesto cuyas partes dice el procedimiento.
GRUPO = "grupo"

# Qué es cada tipo; la guía de los procedimientos sale de aquí.
AYUDA_DE_TIPOS: dict[str, str] = {
    "texto": "un renglón",
    "parrafo": "varios renglones",
    "fecha": "06/09/2024 o 2024-09-06",
    "hora": "de 00:00 a 23:59",
    "entero": "un número sin decimales",
    "monto": "pesos con centavos: 1,500.10",
    "decimal": "un número con decimales: 25.561234",
    "si-no": "sí o no",
    "opcion": "una de un `catalogo` o de las `opciones` del campo",
    "curp": "se comprueba su forma y su dígito",
    "telefono": "diez cifras",
    "codigo-postal": "cinco cifras",
    "folio": "el de otro expediente, que debe existir y queda ligado a éste",
    "persona": "nombres, apellidos, CURP y teléfono",
    "domicilio": "calle, número, entre calles, colonia, localidad, código postal, referencia",
    GRUPO: "las partes que diga `campos`",
}

COMPUESTOS: dict[str, tuple[Campo, ...]] = {
    "persona": (
        Campo("nombres", "Nombre(s)", obligatorio=True),
        Campo("primer_apellido", "Primer apellido", obligatorio=True),
        Campo("segundo_apellido", "Segundo apellido"),
        Campo("curp", "CURP", "curp"),
        Campo("telefono", "Teléfono", "telefono"),
    ),
    "domicilio": (
        Campo("calle", "Calle"),
        Campo("numero", "Número"),
        Campo("entre_calles", "Entre calles"),
        Campo("colonia", "Colonia o ejido", obligatorio=True),
        Campo("localidad", "Localidad"),
        Campo("codigo_postal", "Código postal", "codigo-postal"),
        Campo("referencia", "Referencia"),
        Campo("latitud", "Latitud", "decimal"),
        Campo("longitud", "Longitud", "decimal"),
    ),
}


def elementos_de(clave: str, datos: Mapping[str, str]) -> list[str]:
    """Los números de los elementos de una lista que tienen algún dato, en orden: «0», «1»…"""
    prefijo = f"{clave}."
    return sorted({k.split(".")[1] for k in datos if k.startswith(prefijo)}, key=int)


def partes_de(campo: Campo) -> tuple[Campo, ...]:
    """Las partes de un campo compuesto; vacío si es un dato suelto."""
    return campo.campos or COMPUESTOS.get(campo.tipo, ())


def hojas(campo: Campo) -> tuple[Campo, ...]:
    """Los datos sueltos de un campo, con su clave completa (`persona.nombres`).

    En una lista la clave lleva `#` donde va el número de cada elemento.
    """
    return campo.hojas


def _hojas_de(campo: Campo) -> Iterator[Campo]:
    base = f"{campo.clave}.#" if campo.lista else campo.clave
    partes = partes_de(campo)
    if not partes:
        yield replace(campo, clave=base)
        return
    for parte in partes:
        yield replace(
            parte,
            clave=f"{base}.{parte.clave}",
            nombre=f"{campo.nombre}: {parte.nombre.lower() if parte.clave != 'curp' else 'CURP'}",
            obligatorio=parte.obligatorio or parte.clave in campo.partes,
            sensible=campo.sensible,
        )


def convertir(campo: Campo, escrito: str, catalogos: Mapping[str, Catalogo]) -> str:
    """Lo escrito en su forma canónica; «» si no se escribió nada.

    Lanza ValorInvalido con lo que se espera, sin repetir lo escrito.
    """
    limpio = limpiar(escrito)
    if not limpio:
        return ""
    if campo.tipo == "opcion":
        return _clave_de_opcion(campo, limpio, catalogos)
    return TIPOS[campo.tipo](limpio)


def opciones_de(campo: Campo, catalogos: Mapping[str, Catalogo]) -> Catalogo:
    """Las opciones entre las que se elige, por clave; vacío si el campo es libre."""
    if campo.catalogo:
        return catalogos.get(campo.catalogo, {})
    return {opcion.clave: opcion for opcion in campo.opciones}


def opcion_escrita(opciones: Catalogo, escrito: str) -> Opcion | None:
    """La opción que alguien escribió por su clave, su nombre o un alias; None si ninguna.

    El alias de una no le gana al nombre de otra.
    """
    buscado = plano(escrito)
    propias = (o for o in opciones.values() if buscado in (plano(o.clave), plano(o.nombre)))
    con_alias = (o for o in opciones.values() if buscado in map(plano, o.alias))
    return next(propias, None) or next(con_alias, None)


def _clave_de_opcion(campo: Campo, escrito: str, catalogos: Mapping[str, Catalogo]) -> str:
    opciones = opciones_de(campo, catalogos)
    if opcion := opcion_escrita(opciones, escrito):
        return opcion.clave
    nombres = [opcion.nombre for opcion in opciones.values()]
    contienen = [nombre for nombre in nombres if plano(escrito) in plano(nombre)]
    donde = f"en el catálogo «{campo.catalogo}»" if campo.catalogo else "entre las opciones"
    pista = sugerencia(escrito, nombres) or _o_alguna(contienen) or _cuales_son(campo, nombres)
    raise ValorInvalido(f"no está {donde}.{pista}")


def _cuales_son(campo: Campo, nombres: list[str]) -> str:
    """« Son: «x», «y».» si son pocas; si no, las primeras y cómo ver las demás."""
    dichas = ", ".join(f"«{nombre}»" for nombre in nombres[:8])
    if len(nombres) <= 8:
        return f" Son: {dichas}." if nombres else ""
    todas = f": expediente catalogo ver {campo.catalogo}" if campo.catalogo else ""
    primeras = ", ".join(f"«{nombre}»" for nombre in nombres[:3])
    return f" Hay {len(nombres)}, como {primeras}{todas and f'; véalas con{todas}'}."


def _o_alguna(nombres: list[str]) -> str:
    """« ¿Quiso decir «x» o «y»?» si son pocas las que contienen lo escrito; «» si no."""
    dichas = " o ".join(f"«{nombre}»" for nombre in nombres)
    return f" ¿Quiso decir {dichas}?" if 0 < len(nombres) <= 4 else ""


def valor(campo: Campo, canonico: str) -> object:
    """El dato que dice un texto canónico: date, int, Decimal, bool o el texto mismo."""
    if campo.tipo == "fecha":
        return date.fromisoformat(canonico)
    if campo.tipo == "entero":
        return int(canonico)
    if campo.tipo == "monto":
        return Decimal(canonico)
    if campo.tipo == "decimal":
        return Medida(canonico)
    if campo.tipo == "si-no":
        return canonico == "sí"
    return canonico


_CON_HUSO = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)", re.ASCII
)


def leer_momento(escrito: str, formatos: tuple[str, ...] = ()) -> datetime:
    """Fecha y hora; con sólo la fecha, a las 00:00.

    Acepta ISO y `dd/mm/aaaa HH:MM[:SS]`; con `formatos`, sólo ésos. Lleva huso sólo si
    venía escrito con él, como lo escriben otros programas: quien no lo trae habla del de la
    oficina. Lanza ValorInvalido si no se entiende.
    """
    for formato in formatos:
        try:
            return datetime.strptime(escrito.strip(), formato)
        except ValueError:
            continue
    if not formatos and _CON_HUSO.fullmatch(escrito.strip()):
        try:
            return datetime.fromisoformat(escrito.strip()).replace(microsecond=0)
        except ValueError:
            raise ValorInvalido("esa fecha u hora no existe.") from None
    if not formatos:
        dia, _, hora = escrito.strip().replace("T", " ").partition(" ")
        return datetime.fromisoformat(f"{_fecha(dia)}T{_hora(hora.strip()) if hora else '00:00'}")
    raise ValorInvalido("la fecha u hora no existe o no viene como dice el mapa.")
