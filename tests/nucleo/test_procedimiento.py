"""Un procedimiento mal escrito no llega a ventanilla: cada problema se detecta y se nombra."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from expediente.almacen.texto_yaml import cargar, renglon_de
from expediente.nucleo.campo import Opcion
from expediente.nucleo.forma import FormaInvalida
from expediente.nucleo.lectura_procedimiento import leer_procedimiento
from expediente.nucleo.nombres_de_condiciones import nombres_de_hechos
from expediente.nucleo.revision_procedimiento import problemas_del_procedimiento

BUENO = """\
clave: peticion
nombre: Petición
version: '1'
prefijo: PE
serie: 1S.1
manual: {clave: A-REC, nombre: Recepción}
roles:
  - {clave: recepcion, nombre: Recepción}
  - {clave: direccion, nombre: Dirección}
campos:
  - {clave: asunto, nombre: Asunto, obligatorio: sí}
  - {clave: canal_entrada, nombre: Canal, tipo: opcion, catalogo: canales}
  - {clave: urgente, nombre: Urgente, tipo: si-no}
  - {clave: solicitante, nombre: Solicitante, tipo: persona, partes: [telefono]}
  - {clave: motivo, nombre: Motivo, obligatorio_si: urgente}
requisitos:
  - {clave: ine, nombre: Identificación, obligatorio_si: no urgente}
documentos:
  - {clave: respuesta, nombre: Respuesta, plantilla: respuesta.docx}
numeros:
  - {clave: numero_reporte, nombre: Número de reporte, libro: REPORTES}
plazos:
  - {clave: contestar, nombre: Contestar, cantidad: 10, unidad: habiles, hasta: [responder]}
reglas:
  - {si_no: consta(asunto), mensaje: Falta el asunto.}
titulo: asunto
apertura: recibir
pasos:
  - clave: recibir
    responsable: recepcion
    actividad: Recibe la petición.
    manual: [1]
    captura: [asunto, canal_entrada]
    asigna: numero_reporte
    sigue: revisar
  - clave: revisar
    responsable: direccion
    actividad: Revisa si procede.
    manual: [2]
    resultados:
      - {clave: procede, nombre: Procede, sigue: responder}
      - clave: regresa
        nombre: Falta algo
        si: veces.revisar.regresa < 3
        sigue: recibir
        maximo: 3
        al_exceder: responder
      - {clave: niega, nombre: No procede, final: negado}
  - clave: responder
    responsable: direccion
    actividad: Responde.
    manual: [3]
    emite: respuesta
    final: concluido
"""

CATALOGOS: Mapping[str, Any] = {
    "canales": {"ventanilla": Opcion("ventanilla", "Ventanilla", {"requiere_turno": "sí"})}
}


def con(*cambios: tuple[str, str]) -> str:
    """El procedimiento bueno con unos trozos cambiados por otros."""
    escrito = BUENO
    for antes, despues in cambios:
        assert escrito.count(antes) == 1, antes
        escrito = escrito.replace(antes, despues)
    return escrito


def problemas(escrito: str) -> list[str]:
    procedimiento = leer_procedimiento(cargar(escrito))
    return [mensaje for _, mensaje in problemas_del_procedimiento(procedimiento, CATALOGOS)]


def test_un_procedimiento_bien_escrito_no_tiene_problemas() -> None:
    assert problemas(BUENO) == []


PROCEDE = "{clave: procede, nombre: Procede, sigue: responder}"
REGRESO = "        sigue: recibir\n        maximo: 3\n        al_exceder: responder\n"
PASO_SUELTO = """\
  - clave: esperar
    responsable: direccion
    actividad: Espera.
    sigue: responder
"""


@pytest.mark.parametrize(
    ("antes", "despues", "esperado"),
    [
        ("apertura: recibir", "apertura: recivir",
         "no hay un paso «recivir». ¿Quiso decir «recibir»?"),
        (PROCEDE, "{clave: procede, nombre: Procede, sigue: respoder}",
         "no hay un paso «respoder». ¿Quiso decir «responder»?"),
        ("al_exceder: responder", "al_exceder: reponder",
         "no hay un paso «reponder». ¿Quiso decir «responder»?"),
        ("responsable: recepcion", "responsable: recepsion",
         "no hay un rol «recepsion». ¿Quiso decir «recepcion»?"),
        ("captura: [asunto, canal_entrada]", "captura: [asumto, canal_entrada]",
         "no hay un campo «asumto». ¿Quiso decir «asunto»?"),
        ("emite: respuesta", "emite: respuestas",
         "no hay un documento «respuestas». ¿Quiso decir «respuesta»?"),
        ("asigna: numero_reporte", "asigna: numero_reprote",
         "no hay un número «numero_reprote». ¿Quiso decir «numero_reporte»?"),
        ("final: concluido", "final: concluida",
         "no hay una situación «concluida». ¿Quiso decir «concluido»?"),
        ("final: concluido", "final: concluido\n    sigue: revisar",
         "el paso «responder» debe seguir a otro o terminar, y no ambas."),
        ("sigue: revisar", "motivo: no",
         "el paso «recibir» debe seguir a otro o terminar, y no ambas."),
        ("plantilla: respuesta.docx", "plantilla: respuesta.docx, asunto_de: asumto",
         "no hay un campo «asumto». ¿Quiso decir «asunto»?"),
        ("plantilla: respuesta.docx", "plantilla: respuesta.docx, asunto_de: urgente",
         "«urgente» no es un texto de un renglón, o es sensible."),
        ("catalogo: canales", "catalogo: canal",
         "no hay un catálogo «canal». ¿Quiso decir «canales»?"),
        ("tipo: opcion, catalogo: canales", "tipo: opcion",
         "el campo «canal_entrada» necesita `opciones` o `catalogo`."),
        ("partes: [telefono]", "partes: [telefno]",
         "no hay una parte «telefno». ¿Quiso decir «telefono»?"),
        ("hasta: [responder]", "hasta: [responde]",
         "no hay un paso «responde». ¿Quiso decir «responder»?"),
        ("hasta: [responder]", "hasta: [revisar/prosede]",
         "no hay un paso «revisar/prosede». ¿Quiso decir «revisar/procede»?"),
        ("clave: motivo", "clave: asunto", "la clave «asunto» está repetida."),
        ("{clave: direccion, nombre", "{clave: recepcion, nombre",
         "la clave «recepcion» está repetida."),
        ("clave: niega", "clave: procede", "el resultado «procede» está repetido."),
        ("titulo: asunto", "titulo: asuntos",
         "la condición usa «asuntos», que no existe. ¿Quiso decir «asunto»?"),
        ("obligatorio_si: urgente", "obligatorio_si: urjente",
         "la condición usa «urjente», que no existe. ¿Quiso decir «urgente»?"),
        ("obligatorio_si: no urgente", "obligatorio_si: no urjente",
         "la condición usa «urjente», que no existe. ¿Quiso decir «urgente»?"),
        ("si: veces.revisar.regresa < 3", "si: veces.revisar.regreso < 3",
         "la condición usa «veces.revisar.regreso», que no existe. "
         "¿Quiso decir «veces.revisar.regresa»?"),
        ("si_no: consta(asunto)", "si_no: consta(asumto)",
         "la condición usa «asumto», que no existe. ¿Quiso decir «asunto»?"),
        ("unidad: habiles", "unidad: habiles, si: urjente",
         "la condición usa «urjente», que no existe. ¿Quiso decir «urgente»?"),
        ("plantilla: respuesta.docx", "plantilla: respuesta.docx, calculados: {dia: recivido}",
         "la condición usa «recivido», que no existe. ¿Quiso decir «recibido»?"),
    ],
)  # fmt: skip
def test_cada_problema_se_detecta_y_se_nombra(antes: str, despues: str, esperado: str) -> None:
    assert esperado in problemas(con((antes, despues)))


def test_un_paso_desde_el_que_no_se_llega_a_un_final_se_nombra() -> None:
    sin_final = con(("    emite: respuesta\n    final: concluido", "    sigue: recibir"))

    hallados = problemas(con_niega_adelante(sin_final))

    assert "desde el paso «recibir» no se llega a ningún final." in hallados
    assert "desde el paso «responder» no se llega a ningún final." in hallados


def con_niega_adelante(escrito: str) -> str:
    return escrito.replace("final: negado", "sigue: responder")


def test_el_final_al_que_solo_se_llega_pasando_del_maximo_tambien_cuenta() -> None:
    """Insistir tres veces y escalar es una manera de terminar."""
    insistente = con(
        (PROCEDE, "{clave: procede, nombre: Procede, sigue: revisar, sin_limite: Se consulta.}"),
        ("      - {clave: niega, nombre: No procede, final: negado}\n", ""),
    )

    assert problemas(insistente) == []


def test_un_paso_al_que_no_se_llega_se_nombra() -> None:
    suelto = con(("  - clave: responder\n", PASO_SUELTO + "  - clave: responder\n"))

    assert problemas(suelto) == ["al paso «esperar» no se llega desde la apertura."]


@pytest.mark.parametrize(
    "sin_cota",
    [
        "        sigue: recibir\n",
        "        sigue: recibir\n        maximo: 3\n",
        "        sigue: recibir\n        maximo: 0\n        al_exceder: responder\n",
        "        sigue: recibir\n        al_exceder: responder\n",
        "        sigue: revisar\n",
        "        sigue: recibir\n        maximo: 3\n        al_exceder: recibir\n",
        "        sigue: recibir\n        maximo: 3\n        al_exceder: revisar\n",
    ],
)
def test_un_regreso_sin_maximo_o_que_al_pasarlo_vuelve_a_regresar_se_nombra(sin_cota: str) -> None:
    (hallado,) = problemas(con((REGRESO, sin_cota)))

    assert re.match(r"del paso «\w+» se regresa a «\w+» sin límite: ponga", hallado)


def test_un_regreso_puede_no_tener_maximo_si_dice_por_que() -> None:
    explicado = con((REGRESO, "        sigue: recibir\n        sin_limite: Hasta que lo traiga.\n"))

    assert problemas(explicado) == []


def test_un_paso_sin_decision_que_regresa_se_nombra_con_su_destino() -> None:
    en_circulo = con(("    emite: respuesta\n    final: concluido", "    sigue: revisar"))

    (hallado,) = [p for p in problemas(en_circulo) if "sin límite" in p]
    assert hallado.startswith("del paso «responder» se regresa a «revisar» sin límite")


def test_basta_con_acotar_una_flecha_de_la_vuelta() -> None:
    """Quien regresa a pedir algo y lo recibe de vuelta ya está acotado por la ida."""
    ida = "        sigue: recibir\n        maximo: 2\n        al_exceder: responder\n"

    assert problemas(con((REGRESO, ida))) == []


def test_un_problema_lleva_al_renglon_en_que_esta() -> None:
    escrito = con(("responsable: recepcion", "responsable: recepsion"))
    procedimiento = leer_procedimiento(cargar(escrito))

    ((ruta, _),) = problemas_del_procedimiento(procedimiento, CATALOGOS)

    assert escrito.splitlines()[renglon_de(escrito, ruta) - 1].strip() == "responsable: recepsion"


@pytest.mark.parametrize(
    ("antes", "despues", "renglon", "esperado"),
    [
        ("nombre: Petición", "nombr: Petición", "nombr: Petición",
         "no conozco la llave «nombr». ¿Quiso decir «nombre»?"),
        ("al_exceder: responder", "al_excede: responder", "al_excede: responder",
         "no conozco la llave «al_excede». ¿Quiso decir «al_exceder»?"),
        ("    captura: [", "    capturas: [", "capturas: [asunto, canal_entrada]",
         "no conozco la llave «capturas». ¿Quiso decir «captura»?"),
        ("tipo: si-no", "tipo: sino", "- {clave: urgente, nombre: Urgente, tipo: sino}",
         "¿Quiso decir «si-no»?"),
        ("unidad: habiles", "unidad: hábil", "", "¿Quiso decir «habiles»?"),
        ("cantidad: 10", "cantidad: diez", "", "se esperaba un número entero."),
        ("prefijo: PE", "prefijo: Pé", "prefijo: Pé", "letras mayúsculas sin acento"),
        ("version: '1'\n", "", "clave: peticion", "falta la llave «version»"),
        ("titulo: asunto", "titulo: asunto y", "titulo: asunto y", "no se entiende"),
        ("si: veces.revisar.regresa < 3", "si: veces.revisar.regresa[0]",
         "si: veces.revisar.regresa[0]", "no está permitido"),
        ("    manual: [2]\n", "    manual: [2]\n    final: negado\n", "",
         "el paso «revisar» tiene `resultados`: pase `final` a cada resultado."),
    ],
)  # fmt: skip
def test_lo_que_no_se_puede_leer_dice_el_renglon_y_el_remedio(
    antes: str, despues: str, renglon: str, esperado: str
) -> None:
    escrito = con((antes, despues))

    with pytest.raises(FormaInvalida) as error:
        leer_procedimiento(cargar(escrito))

    assert esperado in error.value.mensaje
    senialado = escrito.splitlines()[renglon_de(escrito, error.value.ruta) - 1]
    assert renglon in senialado


def test_todos_los_problemas_salen_de_una_vez() -> None:
    """Quien escribe un procedimiento los corrige todos en una pasada."""
    escrito = con(
        ("apertura: recibir", "apertura: recivir"),
        ("emite: respuesta", "emite: respuestas"),
        ("titulo: asunto", "titulo: asuntos"),
    )

    assert len([p for p in problemas(escrito) if "¿Quiso decir" in p]) == 3


def test_una_condicion_puede_usar_los_hechos_del_programa_los_campos_y_los_pasos() -> None:
    hechos = nombres_de_hechos(leer_procedimiento(cargar(BUENO)), CATALOGOS)

    assert {
        "asunto", "recibido", "solicitante.nombre_completo", "solicitante.telefono",
        "canal_entrada", "canal_entrada.nombre", "canal_entrada.requiere_turno",
        "numero_reporte", "ocurrio.revisar", "actuo.revisar", "resultado.revisar",
        "veces.revisar.regresa",
    } <= hechos  # fmt: skip


def test_un_paso_sin_resultados_tiene_una_sola_salida_y_el_que_decide_las_suyas() -> None:
    procedimiento = leer_procedimiento(cargar(BUENO))

    recibir, revisar = procedimiento.por_clave["recibir"], procedimiento.por_clave["revisar"]

    assert [s.clave for s in recibir.salidas] == [None]
    assert [s.clave for s in revisar.salidas] == ["procede", "regresa", "niega"]
    assert revisar.salida("regresa") is revisar.salidas[1]
    assert revisar.salida("otra") is None


def test_un_procedimiento_sabe_su_documento_sus_datos_y_como_se_llama_cada_situacion() -> None:
    procedimiento = leer_procedimiento(
        cargar(BUENO + "situaciones: {turnado: Turnado a otra área}\n")
    )

    assert procedimiento.documento["respuesta"].plantilla == "respuesta.docx"
    assert procedimiento.rol["direccion"].nombre == "Dirección"
    assert [h.clave for h in procedimiento.hojas_de("solicitante")][:2] == [
        "solicitante.nombres", "solicitante.primer_apellido",
    ]  # fmt: skip
    assert procedimiento.hojas["solicitante.telefono"].obligatorio
    assert procedimiento.nombre_de_situacion("turnado") == "Turnado a otra área"
    assert procedimiento.nombre_de_situacion("concluido") == "Concluido"
