"""De un caso a los campos de su carta: fechas en palabras, nombres completos, membrete.

Devuelve diccionarios de textos; quien los escribe en Word es `plantilla`.
"""

from datetime import date
from typing import Any

from expediente.documentos.datos_escritos import dato_escrito, datos_redactados, texto_de
from expediente.documentos.destinatarios import (
    campos_de_la_persona,
    con_copia,
    destinatario_de,
)
from expediente.documentos.dichos import Fecha, Hora, Momento
from expediente.documentos.papel import Papel
from expediente.nucleo.ajustes import Ente, Oficina, vigentes
from expediente.nucleo.campo import elementos_de
from expediente.nucleo.estado import ENTREGADO
from expediente.nucleo.faltas import requisitos_del_tramite
from expediente.nucleo.folio import leer_folio
from expediente.nucleo.numerales import ordinal
from expediente.nucleo.procedimiento import nombre_de_hecho
from expediente.nucleo.reiteracion import asunto_del_documento, reiterado

Campos = dict[str, Any]


def campos_de_la_carta(papel: Papel) -> Campos:
    """Los campos que una plantilla puede pedir para este documento.

    Los datos del caso van con su clave; encima, `oficina`, `oficio` y `caso`; en los que
    salen uno por cada elemento, `cada`; en los de un evento, `evento`; en el que reitera
    otro, `recordatorio`. Lanza NoExiste si a oficina.yaml le falta quien firma o a quién se
    dirige.
    """
    redactados = datos_redactados(papel.procedimiento, papel.estado.datos, papel.catalogos)
    return {
        **redactados,
        **_calculados(papel),
        **_propios_de_este(papel, redactados),
        "oficina": campos_de_la_oficina(
            papel.oficina, papel.procedimiento.ente, papel.fecha.date()
        ),
        "oficio": _oficio(papel),
        "caso": _caso(papel),
    }


def _propios_de_este(papel: Papel, redactados: Campos) -> Campos:
    """El elemento de la lista a que toca este documento, o lo que se dijo en su evento."""
    p, propios = papel.procedimiento, {}
    if papel.documento.por_cada:
        numero = int(papel.clave.rpartition(".")[2])
        presentes = elementos_de(papel.documento.por_cada, papel.estado.datos)
        propios["cada"] = redactados[papel.documento.por_cada][presentes.index(str(numero))]
    if dicho := papel.estado.eventos.get(papel.clave):
        nombres = {r.clave: r.nombre for r in p.requisitos}
        dependencias = papel.catalogos.get("dependencias", {})
        destino = dependencias.get(dicho.get("a", ""))
        propios["evento"] = {
            "nota": dicho.get("nota"),
            "requisitos": [nombres.get(c, c) for c in dicho.get("requisitos", "").split()],
            "hasta": (
                Fecha(date.fromisoformat(dicho["vence"]))
                if "vence" in dicho
                else dicho.get("hasta")
            ),
            "dependencia": destino.nombre if destino else dicho.get("a"),
            "por": nombre_del_personal(papel.oficina, dicho.get("por", "")) or None,
        }
    if papel.documento.reitera:
        propios["recordatorio"] = _recordatorio(papel, papel.documento.reitera)
    return propios


def _recordatorio(papel: Papel, clave: str) -> Campos:
    """Qué recordatorio es, de qué oficio, quién lo recibió y cuánto se lleva esperando."""
    hallado = reiterado(papel.procedimiento, papel.estado, clave, salvo=papel.numero)
    oficio = hallado.oficio or papel.recordado_ajeno
    entregado = oficio.fecha if oficio and oficio.estado == ENTREGADO else None
    return {
        "nivel": str(hallado.nivel),
        "ordinal": ordinal(hallado.nivel, apocope=True),
        "oficio": oficio.numero if oficio else None,
        "fecha": Fecha(oficio.emitido.date()) if oficio and oficio.emitido else None,
        "acuse": Momento(entregado) if entregado else None,
        "recibio": oficio.recibe if oficio else None,
        "espera": _dias_habiles(papel.dias_de_espera),
        "anteriores": [d.numero for d in hallado.anteriores if d.numero],
        "relacionados": _folios_en_lista(papel),
    }


def _folios_en_lista(papel: Papel) -> list[str]:
    """Los folios de otros casos que éste tiene en lista: los que van en un mismo oficio."""
    datos = papel.estado.datos
    claves = [h.clave.split("#") for h in papel.procedimiento.hojas.values() if h.tipo == "folio"]
    nombrados = (
        datos.get(f"{antes}{numero}{despues[0]}")
        for antes, *despues in claves
        if despues
        for numero in elementos_de(antes.rstrip("."), datos)
    )
    return [folio for folio in nombrados if folio]


def _dias_habiles(dias: int | None) -> str | None:
    return f"{dias} {'día hábil' if dias == 1 else 'días hábiles'}" if dias else None


def campos_de_la_oficina(oficina: Oficina, ente: str | None, fecha: date) -> Campos:
    """El membrete y el pie, con las leyendas y el lema que rigen en esa fecha."""
    quien: Ente = oficina.ente(ente)
    lemas = vigentes(oficina.lemas, fecha, quien.clave)
    return {
        "ente": quien.nombre,
        "siglas": quien.siglas,
        "municipio": oficina.municipio,
        "lugar": oficina.lugar_de_los_oficios,
        "administracion": quien.administracion,
        "domicilio": quien.domicilio,
        "telefono": quien.telefono,
        "correo": quien.correo,
        "leyendas": vigentes(oficina.leyendas, fecha, quien.clave),
        "lema": lemas[0] if lemas else None,
    }


def _oficio(papel: Papel) -> Campos:
    doc = papel.documento
    libro = papel.oficina.libro(doc.libro) if doc.libro else None
    fecha = papel.fecha.date()
    dicha = Fecha(fecha)
    campos: Campos = {
        "numero": papel.numero,
        "borrador": papel.borrador,
        "asunto": asunto_del_documento(papel.procedimiento, papel.estado, doc, papel.numero),
        "fecha": dicha,
        "lugar_y_fecha": f"{papel.oficina.lugar_de_los_oficios}, a {dicha}.",
        "dependencia": libro.dependencia if libro else papel.oficina.nombre,
        "seccion": libro.seccion if libro else "",
        "expediente": f"{papel.folio} · {_clave_de_archivo(papel)}",
        "anexos": doc.anexos,
        "ccp": [con_copia(papel.oficina, clave) for clave in doc.ccp],
        "destinatario": destinatario_de(papel),
    }
    if doc.firma:
        persona, modalidad = papel.oficina.firmante(doc.firma, fecha)
        campos["firmante"] = {**campos_de_la_persona(persona), "modalidad": modalidad}
        # Quien suple al titular no se manda copia a sí mismo.
        campos["ccp"] = [copia for copia in campos["ccp"] if persona.nombre not in copia]
        elaboro = nombre_del_personal(papel.oficina, papel.elaboro)
        partes = [iniciales(persona.nombre), iniciales(elaboro).lower()]
        campos["iniciales"] = f"{'/'.join(filter(None, partes))}*"
    return campos


def para_el_minutario(papel: Papel) -> dict[str, str]:
    """Lo que el libro dice de un documento: a quién va, quién lo elaboró y quién lo firma.

    Sin lo que no consta: uno que a nadie se dirige o que nadie de la oficina firma.
    """
    dirigido = destinatario_de(papel) if papel.documento.dirigido else {}
    quien = (dirigido.get("nombre"), dirigido.get("cargo"), dirigido.get("institucion"))
    # Un borrador nadie lo ha firmado.
    fecha, firma = papel.fecha.date(), None if papel.borrador else papel.documento.firma
    dicho = {
        "destinatario": ", ".join(filter(None, quien)),
        "elaboro": nombre_del_personal(papel.oficina, papel.elaboro),
        "firmo": papel.oficina.firmante(firma, fecha)[0].nombre if firma else "",
    }
    return {clave: texto for clave, texto in dicho.items() if texto}


def _clave_de_archivo(papel: Papel) -> str:
    return clave_de_archivo(papel.oficina, papel.procedimiento.serie, papel.folio)


def clave_de_archivo(oficina: Oficina, serie: str, escrito: str) -> str:
    """La clave archivística de un folio: «DIFM/1S.2/0042/2026», fondo, serie, número y año."""
    folio = leer_folio(escrito)
    assert folio is not None
    de_serie = oficina.serie(serie)
    return f"{de_serie.fondo}/{de_serie.clave}/{folio.consecutivo:04d}/{folio.anio}"


def iniciales(nombre: str) -> str:
    """Las iniciales de un nombre, sin partículas: «María de la Luz Peña» → «MLP»."""
    particulas = ("de", "del", "la", "las", "los", "y")
    return "".join(p[0] for p in nombre.split() if p.lower() not in particulas).upper()


def nombre_del_personal(oficina: Oficina, clave: str) -> str:
    """El nombre de quien tiene esa clave; «» si no es del personal.

    Un usuario de la computadora no se imprime en un documento: se deja el renglón en blanco.
    """
    return next((p.nombre for p in oficina.personal if p.clave == clave), "")


def _caso(papel: Papel) -> Campos:
    estado = papel.estado
    canal = papel.catalogos.get("canales", {}).get(estado.canal or "")
    return {
        "folio": papel.folio,
        "abierto": Fecha(estado.abierto.date()),
        "hora_abierto": Hora(estado.abierto.time()),
        "canal": canal.nombre if canal else estado.canal,
        "vence": Momento(papel.vence) if papel.vence else None,
        "recibio": nombre_del_personal(papel.oficina, papel.recibio),
        "requisitos": [
            {"nombre": nombre, "consta": consta}
            for nombre, consta in requisitos_del_tramite(papel.procedimiento, estado, papel.hechos)
        ],
        "relacionados": sorted({folio for folio, _ in estado.relaciones}),
    }


def _calculados(papel: Papel) -> Campos:
    sensibles = papel.procedimiento.sensibles
    campos: Campos = {}
    for clave, expresion in papel.documento.calculados.items():
        if expresion.nombres & sensibles:
            continue
        hoja = papel.procedimiento.hojas.get(expresion.escrita)
        if hoja and hoja.clave in papel.estado.datos:
            campos[clave] = dato_escrito(hoja, papel.estado.datos[hoja.clave], papel.catalogos)
            continue
        dato = expresion.evaluar(papel.hechos)
        if expresion.escrita.startswith("actuo.") and isinstance(dato, str):
            paso = expresion.escrita.removeprefix("actuo.")
            dato = nombre_del_personal(papel.oficina, dato) or _rol_del_paso(papel, paso)
        campos[clave] = texto_de(dato)
    return campos


def _rol_del_paso(papel: Papel, paso: str) -> str:
    """El nombre del rol que da ese paso, dicho como en una condición."""
    p = papel.procedimiento
    responsable = next(x.responsable for x in p.pasos if nombre_de_hecho(x.clave) == paso)
    return p.rol[responsable].nombre
