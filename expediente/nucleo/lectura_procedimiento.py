"""Cómo se escribe un procedimiento: las llaves de su fichero y lo que significan.

La tabla que valida es la que documenta: quien añade una llave escribe aquí su ayuda.
"""

from collections.abc import Mapping

from expediente.nucleo.campo import COMPUESTOS, TIPOS, Campo, Opcion
from expediente.nucleo.condicion import Condicion, CondicionInvalida, compilar_condicion
from expediente.nucleo.folio import PREFIJO
from expediente.nucleo.forma import (
    Forma,
    FormaInvalida,
    Llave,
    Ruta,
    diccionario,
    entero,
    lista,
    si_no,
    tabla,
    texto,
    uno_de,
)
from expediente.nucleo.procedimiento import (
    Destino,
    DocumentoEscrito,
    Manual,
    Numero,
    Paso,
    Procedimiento,
    Regla,
    ReglaPlazo,
    Requisito,
    Rol,
    Salida,
)


def leer_condicion(valor: object, ruta: Ruta) -> Condicion:
    """La expresión escrita en una llave. Lanza FormaInvalida si no se entiende."""
    try:
        return compilar_condicion(texto(valor, ruta))
    except CondicionInvalida as error:
        raise FormaInvalida(ruta, str(error)) from None


def _opcion(valor: object, ruta: Ruta) -> Opcion:
    if isinstance(valor, str):
        return Opcion(valor, valor)
    atributos = {k: texto(v, (*ruta, k)) for k, v in diccionario(valor, ruta).items()}
    if not atributos.get("clave"):
        raise FormaInvalida(ruta, "falta la llave «clave».")
    clave = atributos.pop("clave")
    return Opcion(clave, atributos.pop("nombre", clave), atributos)


def _prefijo(valor: object, ruta: Ruta) -> str:
    escrito = texto(valor, ruta)
    if not PREFIJO.fullmatch(escrito):
        raise FormaInvalida(ruta, "el prefijo son de una a seis letras mayúsculas sin acento.")
    return escrito


_CLAVE = Llave(texto, "la palabra con que se le nombra en la línea de órdenes", obligatoria=True)
_NOMBRE = Llave(texto, "cómo lo lee una persona", obligatoria=True)
_TEXTO = Llave(texto, "texto")
_CLAVES = lista(texto)

CAMPO = Forma(
    Campo,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "tipo": Llave(uno_de(*TIPOS, *COMPUESTOS), "qué clase de dato es", omision="texto"),
        "obligatorio": Llave(si_no, "si el paso que lo captura lo exige", omision=False),
        "obligatorio_si": Llave(leer_condicion, "condición con que se exige"),
        "catalogo": Llave(texto, "catálogo de donde se elige"),
        "opciones": Llave(lista(_opcion), "opciones propias del campo", omision=()),
        "partes": Llave(_CLAVES, "partes del campo compuesto que también se exigen", omision=()),
        "lista": Llave(entero, "cuántos se aceptan como máximo, si es una lista"),
        "sensible": Llave(si_no, "si no sale en oficios, listas ni informes", omision=False),
        "ayuda": Llave(texto, "qué escribir"),
    },
)

REQUISITO = Forma(
    Requisito,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "obligatorio": Llave(si_no, "si sin él no se avanza", omision=True),
        "obligatorio_si": Llave(leer_condicion, "condición con que se exige"),
    },
)

ROL = Forma(
    Rol,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "externo": Llave(si_no, "si no es personal de la oficina", omision=False),
    },
)

DESTINO = Forma(
    Destino,
    {
        "oficina": Llave(texto, "clave en `destinatarios` de oficina.yaml"),
        "persona": Llave(texto, "campo persona del caso"),
    },
)

DOCUMENTO = Forma(
    DocumentoEscrito,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "plantilla": Llave(texto, "fichero .docx en plantillas/", obligatoria=True),
        "libro": Llave(texto, "unidad cuyo libro le da número"),
        "asunto": Llave(texto, "el asunto del oficio, sin datos de salud"),
        "dirigido": Llave(DESTINO, "a quién va dirigido"),
        "firma": Llave(texto, "rol de quien lo firma"),
        "ccp": Llave(_CLAVES, "claves de destinatarios con copia", omision=()),
        "anexos": Llave(texto, "lo que lo acompaña"),
        "calculados": Llave(tabla(leer_condicion), "campos que salen de una expresión", omision={}),
    },
)

NUMERO = Forma(
    Numero,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "libro": Llave(texto, "libro del que se toma", obligatoria=True),
    },
)

_LLAVES_DE_SALIDA = {
    "motivo": Llave(si_no, "si pide una nota con el motivo", omision=False),
    "asigna": Llave(_CLAVES, "números que da", omision=()),
    "prepara": Llave(_CLAVES, "documentos que prepara (reserva su número)", omision=()),
    "emite": Llave(_CLAVES, "documentos que emite", omision=()),
    "anula": Llave(_CLAVES, "documentos cuyo número anula", omision=()),
    "entrega": Llave(_CLAVES, "documentos que se entregan con acuse", omision=()),
    "sigue": Llave(_CLAVES, "paso o pasos que siguen", omision=()),
    "final": Llave(texto, "situación con que termina el caso"),
}

SALIDA = Forma(
    Salida,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "si": Llave(leer_condicion, "condición para elegirlo"),
        "mensaje": Llave(texto, "qué se dice cuando no se puede elegir"),
        **_LLAVES_DE_SALIDA,
        "maximo": Llave(entero, "cuántas veces puede elegirse antes de `al_exceder`"),
        "al_exceder": Llave(texto, "paso que sigue al pasar del máximo"),
        "sin_limite": Llave(texto, "por qué este regreso no tiene máximo"),
    },
)

_LLAVES_DE_PASO = {
    "clave": _CLAVE,
    "responsable": Llave(texto, "rol que lo hace", obligatoria=True),
    "actividad": Llave(texto, "qué se hace", obligatoria=True),
    "manual": Llave(lista(entero), "números de actividad del manual", omision=()),
    "captura": Llave(_CLAVES, "campos que se piden aquí", omision=()),
    "pide_requisitos": Llave(si_no, "si aquí se exigen los requisitos", omision=False),
    "autoriza": Llave(si_no, "si pide `--por` la persona que autoriza", omision=False),
    "resultados": Llave(lista(SALIDA), "las decisiones posibles", omision=()),
    **_LLAVES_DE_SALIDA,
}


def _hacer_paso(**llaves: object) -> Paso:
    de_salida = {nombre: llaves.pop(nombre) for nombre in _LLAVES_DE_SALIDA}
    resultados = llaves.pop("resultados")
    salidas = resultados or (Salida(**de_salida),)  # type: ignore[arg-type]  # tipado por la Forma
    if resultados and any(de_salida.values()):
        raise FormaInvalida(
            (), f"el paso «{llaves['clave']}» decide: ponga lo que produce en cada resultado."
        )
    return Paso(salidas=salidas, **llaves)  # type: ignore[arg-type]  # tipado por la Forma


PASO = Forma(_hacer_paso, _LLAVES_DE_PASO)

PLAZO = Forma(
    ReglaPlazo,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "cantidad": Llave(entero, "cuánto", obligatoria=True),
        "unidad": Llave(uno_de("horas", "habiles", "naturales"), "en qué", obligatoria=True),
        "desde": Llave(_CLAVES, "paso que lo inicia", omision=("apertura",)),
        "hasta": Llave(_CLAVES, "paso que lo cumple", omision=()),
        "si": Llave(leer_condicion, "condición con que rige"),
        "fundamento": Llave(texto, "qué lo manda"),
    },
)

REGLA = Forma(
    Regla,
    {
        "si_no": Llave(leer_condicion, "lo que debe cumplirse", obligatoria=True),
        "mensaje": Llave(texto, "qué se dice si no se cumple", obligatoria=True),
    },
)

MANUAL = Forma(
    Manual,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "funcion": _TEXTO,
        "codigo": _TEXTO,
        "revision": _TEXTO,
        "emision": _TEXTO,
        "elaboro": _TEXTO,
        "reviso": _TEXTO,
        "aprobo": _TEXTO,
    },
)

PROCEDIMIENTO = Forma(
    Procedimiento,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "version": Llave(texto, "cámbiela cada vez que cambie la regla", obligatoria=True),
        "prefijo": Llave(_prefijo, "letras con que empieza el folio", obligatoria=True),
        "manual": Llave(MANUAL, "de qué manual sale", obligatoria=True),
        "serie": Llave(texto, "clave de clasificación archivística", obligatoria=True),
        "ente": Llave(texto, "institución de oficina.yaml cuyo membrete lleva"),
        "titulo": Llave(leer_condicion, "expresión con el título del expediente en la carátula"),
        "roles": Llave(lista(ROL), "quién actúa", obligatoria=True),
        "campos": Llave(lista(CAMPO), "el formulario", omision=()),
        "requisitos": Llave(lista(REQUISITO), "lo que se entrega", omision=()),
        "documentos": Llave(lista(DOCUMENTO), "lo que se escribe", omision=()),
        "numeros": Llave(lista(NUMERO), "números propios del procedimiento", omision=()),
        "plazos": Llave(lista(PLAZO), "cuánto tiempo hay", omision=()),
        "reglas": Llave(lista(REGLA), "lo que los datos deben cumplir juntos", omision=()),
        "situaciones": Llave(tabla(texto), "otras situaciones finales, con su nombre", omision={}),
        "apertura": Llave(texto, "paso que se cumple al abrir", obligatoria=True),
        "pasos": Llave(lista(PASO), "los pasos, en el orden del manual", obligatoria=True),
    },
)


def leer_procedimiento(mapa: Mapping[str, object]) -> Procedimiento:
    """El procedimiento que dice un diccionario de textos.

    Lanza FormaInvalida con la ruta de la llave que no se entiende.
    """
    return PROCEDIMIENTO(mapa, ())
