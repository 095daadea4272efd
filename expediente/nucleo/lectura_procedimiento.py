"""Cómo se escribe un procedimiento: las llaves de su fichero y lo que significan.

La tabla que valida es la que documenta: quien añade una llave escribe aquí su ayuda.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from expediente.nucleo.campo import COMPUESTOS, GRUPO, TIPOS, Campo, Opcion
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
    Apertura,
    Cadencia,
    Cambio,
    Critica,
    Destino,
    DocumentoEscrito,
    Duplicado,
    Eventos,
    Manual,
    Numero,
    Paso,
    Procedimiento,
    Recurso,
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

_LLAVES_DE_CAMPO = {
    "clave": _CLAVE,
    "nombre": _NOMBRE,
    "tipo": Llave(uno_de(*TIPOS, *COMPUESTOS, GRUPO), "qué clase de dato es", omision="texto"),
    "obligatorio": Llave(si_no, "si el paso que lo captura lo exige", omision=False),
    "obligatorio_si": Llave(leer_condicion, "condición con que se exige"),
    "catalogo": Llave(texto, "catálogo de donde se elige"),
    "opciones": Llave(lista(_opcion), "opciones propias del campo", omision=()),
    "partes": Llave(_CLAVES, "partes del campo compuesto que también se exigen", omision=()),
    "lista": Llave(entero, "cuántos se aceptan como máximo, si es una lista"),
    "sensible": Llave(si_no, "si no sale en oficios, listas ni informes", omision=False),
    "ayuda": Llave(texto, "qué escribir"),
}

PARTE = Forma(Campo, _LLAVES_DE_CAMPO)

CAMPO = Forma(
    Campo,
    {
        **_LLAVES_DE_CAMPO,
        "campos": Llave(lista(PARTE), "las partes de un campo de tipo grupo", omision=()),
    },
)

REQUISITO = Forma(
    Requisito,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "obligatorio": Llave(si_no, "si sin él no se avanza", omision=True),
        "obligatorio_si": Llave(leer_condicion, "condición con que se exige"),
        "por_cada": Llave(texto, "campo lista: se exige uno por cada elemento"),
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
        "persona": Llave(texto, "campo del caso: una persona o un texto con su nombre"),
        "opcion": Llave(texto, "campo opción cuyo catálogo dice `titular` y `cargo`"),
        "rol": Llave(texto, "quien firma por ese rol"),
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
        "asunto_de": Llave(texto, "campo del caso que dice el asunto, en lugar de uno fijo"),
        "dirigido": Llave(DESTINO, "a quién va dirigido"),
        "firma": Llave(texto, "rol de quien lo firma"),
        "ccp": Llave(_CLAVES, "claves de destinatarios con copia", omision=()),
        "anexos": Llave(texto, "lo que lo acompaña"),
        "calculados": Llave(tabla(leer_condicion), "campos que salen de una expresión", omision={}),
        "por_cada": Llave(texto, "campo lista: sale uno por cada elemento"),
        "reitera": Llave(texto, "documento que éste recuerda a quien no lo contestó"),
        "nivel": Llave(entero, "desde qué recordatorio se usa éste", omision=1),
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

RECURSO = Forma(
    Recurso,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "existencia": Llave(texto, "fichero de existencias/ que lo cuenta", obligatoria=True),
        "renglon": Llave(leer_condicion, "expresión que da el renglón", obligatoria=True),
        "cantidad": Llave(
            leer_condicion, "expresión que da cuánto", omision=compilar_condicion("1")
        ),
    },
)

DUPLICADO = Forma(
    Duplicado,
    {
        "campos": Llave(_CLAVES, "datos que, iguales, hacen sospechar", obligatoria=True),
        "meses": Llave(entero, "meses atrás en que también se mira lo concluido"),
        "mensaje": Llave(texto, "qué se dice, antes del folio parecido"),
    },
)

APERTURA = Forma(
    Apertura,
    {
        "procedimiento": Llave(texto, "procedimiento que se abre", obligatoria=True),
        "datos": Llave(tabla(texto), "campo de allá: campo de aquí que se copia", omision={}),
    },
)

CADENCIA = Forma(
    Cadencia,
    {
        "cantidad": Llave(entero, "cada cuántos", obligatoria=True),
        "unidad": Llave(uno_de("habiles", "naturales", "meses"), "de qué", obligatoria=True),
    },
)

_LLAVES_DE_SALIDA = {
    "motivo": Llave(si_no, "si pide una nota con el motivo", omision=False),
    "asigna": Llave(_CLAVES, "números que da", omision=()),
    "prepara": Llave(_CLAVES, "documentos que prepara (reserva su número)", omision=()),
    "emite": Llave(_CLAVES, "documentos que emite", omision=()),
    "anula": Llave(_CLAVES, "documentos cuyo número anula", omision=()),
    "entrega": Llave(_CLAVES, "documentos que se entregan con acuse", omision=()),
    "aparta": Llave(_CLAVES, "recursos que aparta", omision=()),
    "presta": Llave(_CLAVES, "recursos que presta hasta que se devuelvan", omision=()),
    "gasta": Llave(_CLAVES, "recursos que da por gastados o entregados", omision=()),
    "devuelve": Llave(_CLAVES, "recursos que vuelven a su existencia", omision=()),
    "quita": Llave(_CLAVES, "pasos de otras ramas que dejan de tocar", omision=()),
    "reinicia": Llave(_CLAVES, "pasos cuyas veces vuelven a contarse desde cero", omision=()),
    "abre": Llave(lista(APERTURA), "casos que abre en otros procedimientos", omision=()),
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
        "captura": Llave(_CLAVES, "campos que sólo se piden con este resultado", omision=()),
        **_LLAVES_DE_SALIDA,
        "maximo": Llave(entero, "cuántas veces puede elegirse antes de `al_exceder`"),
        "al_exceder": Llave(texto, "paso que sigue al pasar del máximo"),
        "sin_limite": Llave(texto, "por qué este regreso no tiene máximo"),
    },
)

_CUANTO = {
    "cantidad": Llave(entero, "cuánto"),
    "unidad": Llave(uno_de("horas", "habiles", "naturales", "meses"), "en qué", omision="habiles"),
    "meta": Llave(entero, "la cantidad deseable, menor que la que obliga"),
    "fecha": Llave(leer_condicion, "expresión con la fecha en que vence, si el caso la trae"),
    "si": Llave(leer_condicion, "condición con que rige"),
    "escala": Llave(texto, "rol al que también le toca una vez vencido"),
    "fundamento": Llave(texto, "qué lo manda"),
}


def _hacer_plazo(**llaves: object) -> ReglaPlazo:
    regla = ReglaPlazo(**llaves)  # type: ignore[arg-type]  # tipado por la Forma
    if regla.cantidad is None and regla.fecha is None:
        raise FormaInvalida((), "un plazo necesita `cantidad` o `fecha`.")
    if regla.meta is not None and regla.meta >= (regla.cantidad or 0):
        raise FormaInvalida((), "la `meta` de un plazo es menor que su `cantidad`.")
    return regla


def _hacer_plazo_de_paso(**llaves: object) -> ReglaPlazo:
    return _hacer_plazo(clave="", desde=(), hasta=(), **llaves)


PLAZO_DE_PASO = Forma(
    _hacer_plazo_de_paso, {"nombre": Llave(texto, "cómo se lee", omision=""), **_CUANTO}
)

_LLAVES_DE_PASO = {
    "clave": _CLAVE,
    "responsable": Llave(texto, "rol que lo hace", obligatoria=True),
    "actividad": Llave(texto, "qué se hace", obligatoria=True),
    "manual": Llave(lista(entero), "números de actividad del manual", omision=()),
    "captura": Llave(_CLAVES, "campos que se piden aquí", omision=()),
    "requisitos": Llave(_CLAVES, "requisitos que se exigen en este paso", omision=()),
    "pide_requisitos": Llave(
        si_no, "si aquí se exigen los requisitos que ningún otro paso nombra", omision=False
    ),
    "autoriza": Llave(si_no, "si pide `--por` la persona que autoriza", omision=False),
    "reune": Llave(si_no, "si espera a que terminen las ramas que llegan a él", omision=False),
    "espera_hasta": Llave(leer_condicion, "expresión con la fecha antes de la cual no se da"),
    "plazo": Llave(PLAZO_DE_PASO, "cuánto tiempo hay desde que el paso toca"),
    "repite": Llave(CADENCIA, "cada cuánto vuelve a tocar el paso que se sigue a sí mismo"),
    "situacion": Llave(texto, "cómo se llama el caso mientras está en este paso"),
    "pendiente": Llave(
        texto, "cómo dicen los informes que falta darlo; si no, «Por» y su clave", omision=""
    ),
    "resultados": Llave(lista(SALIDA), "las decisiones posibles", omision=()),
    **_LLAVES_DE_SALIDA,
}


def _hacer_paso(**llaves: Any) -> Paso:
    de_salida = {nombre: llaves.pop(nombre) for nombre in _LLAVES_DE_SALIDA}
    resultados = llaves.pop("resultados")
    salidas = resultados or (Salida(**de_salida),)
    sobran = [nombre for nombre, dicho in de_salida.items() if resultados and dicho]
    if sobran:
        raise FormaInvalida(
            (sobran[0],),
            f"el paso «{llaves['clave']}» tiene `resultados`: pase `{sobran[0]}` a cada resultado.",
        )
    if (plazo := llaves["plazo"]) is not None:
        nombre = plazo.nombre or str(llaves["actividad"])
        llaves["plazo"] = replace(
            plazo, clave=llaves["clave"], nombre=nombre, hasta=(llaves["clave"],)
        )
    return Paso(salidas=salidas, **llaves)


PASO = Forma(_hacer_paso, _LLAVES_DE_PASO)

PLAZO = Forma(
    _hacer_plazo,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "desde": Llave(_CLAVES, "paso que lo inicia", omision=("apertura",)),
        "hasta": Llave(_CLAVES, "paso que lo cumple", omision=()),
        **_CUANTO,
    },
)

REGLA = Forma(
    Regla,
    {
        "si_no": Llave(leer_condicion, "lo que debe cumplirse", obligatoria=True),
        "mensaje": Llave(texto, "qué se dice si no se cumple", obligatoria=True),
    },
)

CRITICA = Forma(
    Critica,
    {
        "paso": Llave(texto, "paso que es actividad crítica", obligatoria=True),
        "indicador": Llave(texto, "cómo se mide, como lo dice el manual", obligatoria=True),
        "proveedor": _TEXTO,
        "cliente": _TEXTO,
        "valor": Llave(texto, "valor para el cliente"),
        "atributo": Llave(texto, "atributo de calidad"),
        "estandar": Llave(texto, "estándar de calidad"),
        "periodicidad": Llave(texto, "cada cuánto se mide"),
    },
)

CAMBIO = Forma(
    Cambio,
    {
        "version": Llave(texto, "la versión que resultó", obligatoria=True),
        "fecha": Llave(texto, "cuándo", obligatoria=True),
        "descripcion": Llave(texto, "qué cambió", obligatoria=True),
        "reviso": _TEXTO,
        "aprobo": _TEXTO,
    },
)

EVENTOS = Forma(
    Eventos,
    {
        "libro": Llave(texto, "libro que numera sus oficios"),
        "firma": Llave(texto, "rol que los firma"),
        "dirigido": Llave(DESTINO, "a quién se dirigen"),
        "prevencion": Llave(entero, "días hábiles para subsanar una prevención", omision=5),
        "al_fallecer": Llave(texto, "paso a que salta el caso si la persona fallece"),
        "no_admite": Llave(_CLAVES, "eventos que este procedimiento no admite", omision=()),
    },
)

MANUAL = Forma(
    Manual,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "funcion": _TEXTO,
        "objetivo": _TEXTO,
        "alcance": _TEXTO,
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
        "recursos": Llave(lista(RECURSO), "lo que se aparta, presta o gasta", omision=()),
        "duplicados": Llave(lista(DUPLICADO), "con qué se sospecha un duplicado", omision=()),
        "eventos": Llave(
            EVENTOS, "cómo trata lo que puede pasarle a cualquier caso", omision=Eventos()
        ),
        "criticas": Llave(lista(CRITICA), "actividades críticas e indicadores", omision=()),
        "cambios": Llave(lista(CAMBIO), "control de cambios", omision=()),
        "apertura": Llave(texto, "paso que se cumple al abrir", obligatoria=True),
        "entradas": Llave(_CLAVES, "otros pasos por los que puede abrirse", omision=()),
        "pasos": Llave(lista(PASO), "los pasos, en el orden del manual", obligatoria=True),
    },
)


def leer_procedimiento(mapa: Mapping[str, object]) -> Procedimiento:
    """El procedimiento que dice un diccionario de textos.

    Lanza FormaInvalida con la ruta de la llave que no se entiende.
    """
    return PROCEDIMIENTO(mapa, ())
