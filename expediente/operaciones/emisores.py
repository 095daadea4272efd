"""Todos los que llenan plantillas en la oficina: documentos, informes, cortes, carátula y manual.

Cada uno da los campos de muestra por el mismo camino con que llena los de verdad.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial

from expediente.almacen import lotes
from expediente.almacen.definiciones import claves_de_informes, las_que_escriben, leer_informe
from expediente.almacen.libro import Asiento
from expediente.documentos.datos_de_plantilla import datos_de, datos_del_indice
from expediente.documentos.redaccion import Campos, campos_de_la_oficina
from expediente.nucleo.corte import Corte
from expediente.nucleo.errores import ErrorExpediente, NoExiste, sugerencia
from expediente.nucleo.estado import EMITIDO
from expediente.nucleo.fecha import fecha_corta
from expediente.nucleo.informe import Informe
from expediente.nucleo.muestra import (
    estado_de_muestra,
    folio_de_muestra,
    renglones_de_muestra,
)
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.nucleo.procedimiento import (
    DOCUMENTOS_DE_EVENTOS,
    DocumentoEscrito,
    Procedimiento,
)
from expediente.nucleo.revision_procedimiento import problemas_del_procedimiento
from expediente.operaciones import minutario
from expediente.operaciones.caratulas import campos_de_la_caratula
from expediente.operaciones.carpeta_de_plantillas import (
    CARATULA,
    LIBRO,
    MANUAL,
    MEMBRETE,
    PLANTILLAS,
    fichero_de_plantilla,
    ficheros_de_plantillas,
    plantillas_en_otro_formato,
)
from expediente.operaciones.emisor import (
    DE_CARATULA,
    DE_CORTE,
    DE_INFORME,
    DE_LIBRO,
    DE_MANUAL,
    DE_MEMBRETE,
    DE_NADIE,
    Emisor,
    emisor_de,
)
from expediente.operaciones.libro_de_oficios import FiltroDelLibro
from expediente.operaciones.procedimientos import todos, uno
from expediente.operaciones.redaccion_de_informes import campos_del_informe
from expediente.operaciones.relaciones import campos_de_la_relacion
from expediente.operaciones.ventanilla import Ventanilla


def emisores(
    v: Ventanilla, procedimiento: str | None = None, nombre: str | None = None
) -> list[Emisor]:
    """Todos, o sólo los de un procedimiento; primero los documentos.

    Lo que no se puede leer no sale: lo dice su propia revisión. La carátula y el manual
    los llena cualquier procedimiento; el que llevan es de ejemplo. Con `nombre` sólo se
    leen las definiciones que lo escriben.
    """
    procedimientos = [uno(v, procedimiento)] if procedimiento else todos(v, nombre)[0]
    hallados = [e for p in procedimientos for e in _documentos(v, p)]
    otros = [*_de_definiciones(v, nombre)]
    hallados += [e for e in otros if procedimiento in (None, e.procedimiento)]
    return hallados + [e for p in procedimientos[:1] for e in _de_cualquiera(v, p)]


def _de_definiciones(v: Ventanilla, nombre: str | None) -> Iterator[Emisor]:
    for clave in las_que_escriben(v.raiz, "informes", claves_de_informes(v.raiz), nombre):
        with suppress(ErrorExpediente):
            yield _del_informe(v, leer_informe(v.raiz, clave))
    for clave in lotes.claves_de_cortes(v.raiz):
        with suppress(ErrorExpediente):
            yield _del_corte(v, lotes.leer_corte_definido(v.raiz, clave))


def _documentos(v: Ventanilla, p: Procedimiento) -> list[Emisor]:
    sano = not problemas_del_procedimiento(p, v.catalogos)
    return [emisor_de(v, p, documento, sano) for documento in p.documento.values()]


def _de_cualquiera(v: Ventanilla, p: Procedimiento) -> list[Emisor]:
    """Lo que no es de un solo procedimiento, como lo llenaría ese."""
    de_la_caratula = (*datos_de("caratula"), *datos_del_indice(), *datos_de("oficina"))
    todos_ellos = [
        Emisor(clase, clave, nombre, plantilla, p.clave, datos, partial(muestra, v, p), fijo=False)
        for clase, clave, nombre, plantilla, datos, muestra in (
            (
                DE_CARATULA, "caratula", "Carátula del expediente", CARATULA,
                de_la_caratula, _muestra_de_la_caratula,
            ),
            (
                DE_MANUAL, "manual", "Manual del procedimiento", MANUAL,
                datos_de("manual", "oficina"), _muestra_del_manual,
            ),
            (
                DE_LIBRO, "libro", "Libro de oficios", LIBRO,
                datos_de("libro", "oficina"), _muestra_del_libro,
            ),
            (
                DE_MEMBRETE, "membrete", "Hoja membretada", MEMBRETE,
                datos_de("oficina"), _muestra_del_membrete,
            ),
        )
    ]  # fmt: skip
    # Sin hoja membretada no falta nada: cualquier otra plantilla sirve de membrete.
    hay_membrete = (v.raiz / PLANTILLAS / MEMBRETE).is_file()
    return [e for e in todos_ellos if hay_membrete or e.clase != DE_MEMBRETE]


def _del_informe(v: Ventanilla, informe: Informe) -> Emisor:
    return Emisor(
        DE_INFORME,
        informe.clave,
        informe.nombre,
        informe.plantilla,
        informe.procedimientos[0],
        datos_de("informe", "oficina"),
        partial(_muestra_del_informe, v, informe),
    )


def _del_corte(v: Ventanilla, corte: Corte) -> Emisor:
    return Emisor(
        DE_CORTE,
        corte.clave,
        corte.nombre,
        corte.plantilla,
        corte.procedimiento,
        datos_de("corte", "oficina"),
        partial(_muestra_del_corte, v, corte),
    )


def _muestra_del_informe(v: Ventanilla, informe: Informe, datos: str) -> Campos:
    # Contar informes trae el índice consigo: sólo se carga para llenar uno.
    from expediente.nucleo.muestra_de_informe import cifras_de_muestra, resultado_de_muestra
    from expediente.operaciones.informes import InformeHecho

    periodo = PeriodoEscrito().leer(v.ahora.date(), informe.periodos)
    problema = "Ejemplo de expediente que no se contó."
    cifras = cifras_de_muestra(informe, datos)
    hecho = InformeHecho(
        informe,
        periodo,
        v.ahora,
        replace(cifras, por_dia={periodo.desde: {"recibidos": 6, "concluidos": 5}}),
        (problema,),
        indicadores=(resultado_de_muestra(periodo, v.ahora),),
    )
    return campos_del_informe(v, hecho, con_folios=True)


def _muestra_del_corte(v: Ventanilla, corte: Corte, datos: str) -> Campos:
    filas = renglones_de_muestra([columna.titulo for columna in corte.columnas], datos)
    total = f"Total: {len(filas)} reportes."
    lote = f"{v.ahora:%Y-%m-%d}-00"
    return campos_de_la_relacion(v, corte, lote, v.ahora.date(), filas, total)


def _muestra_de_la_caratula(v: Ventanilla, p: Procedimiento, datos: str) -> Campos:
    folio = folio_de_muestra(p, v.ahora.year)
    estado = estado_de_muestra(p, v.oficina, v.catalogos, v.ahora, datos)
    concluido = replace(estado, concluido=v.ahora, situacion_final="concluido")
    titulos = ["Tipo", "Descripción", "Fichero"]
    indice = [
        {
            "numero": str(numero),
            "fecha": fecha_corta(v.ahora),
            "tipo": tipo,
            "descripcion": descripcion,
            "fichero": fichero,
            "fojas": "",
        }
        for numero, (tipo, descripcion, fichero) in enumerate(
            renglones_de_muestra(titulos, datos), start=1
        )
    ]
    return campos_de_la_caratula(v, p, concluido, folio, "0" * 64, indice)


def _muestra_del_manual(v: Ventanilla, p: Procedimiento, _: str) -> Campos:
    from expediente.operaciones.manual import campos_para_imprimir  # trae consigo el diagrama

    return campos_para_imprimir(v, p)


def _muestra_del_libro(v: Ventanilla, _: Procedimiento, datos: str) -> Campos:
    libro = v.oficina.libros[0]
    titulos = [titulo for titulo, _ in minutario.COLUMNAS]
    asientos = [
        Asiento(
            v.raiz,
            1,
            {
                "numero": libro.numero(v.ahora.year, 0),
                "estado": EMITIDO,
                "fecha": v.ahora.date().isoformat(),
                "destinatario": renglon[titulos.index("Destinatario")],
                "asunto": renglon[titulos.index("Asunto")],
                "elaboro": renglon[titulos.index("Elaboró")],
                "firmo": renglon[titulos.index("Firmó")],
            },
        )
        for renglon in renglones_de_muestra(titulos, datos)
    ]
    campos = minutario.campos_del_minutario(
        v, FiltroDelLibro(), libro.clave, v.ahora.year, asientos
    )
    # Los huecos son los del libro de verdad: una muestra no los cuenta.
    return {**campos, "libro": {**campos["libro"], "huecos": "ninguno"}}


def _muestra_del_membrete(v: Ventanilla, p: Procedimiento, _: str) -> Campos:
    return {"oficina": campos_de_la_oficina(v.oficina, p.ente, v.ahora.date())}


def los_de(v: Ventanilla, escrito: str, procedimiento: str | None = None) -> list[Emisor]:
    """Quienes llenan la plantilla de ese nombre, o la de ese documento; véase `elegidos`."""
    nombre = escrito.removesuffix(".docx")
    # Los documentos de los eventos no los escribe ningún procedimiento, y los emiten todos.
    if nombre not in DOCUMENTOS_DE_EVENTOS:
        with suppress(NoExiste):
            suyos = elegidos(v, emisores(v, procedimiento, nombre), escrito, procedimiento)
            if all(e.documento or e.clase in (DE_INFORME, DE_CORTE) for e in suyos):
                return suyos
    return elegidos(v, emisores(v, procedimiento), escrito, procedimiento)


def elegidos(
    v: Ventanilla,
    todos_ellos: Sequence[Emisor],
    escrito: str,
    procedimiento: str | None = None,
) -> list[Emisor]:
    """De todos los emisores, los de la plantilla de ese nombre o los de ese documento.

    `escrito` es el fichero, con o sin .docx, o la clave de un documento, informe o corte;
    si son los de un `procedimiento`, sólo lo suyo. Una plantilla que nadie llena da uno
    solo: lo que llenaría ese procedimiento si la emitiera, o nada. Lanza NoExiste con la más
    parecida.
    """
    fichero = fichero_de_plantilla(escrito)
    if suyos := [e for e in todos_ellos if e.plantilla == fichero]:
        return suyos
    if suyos := [e for e in todos_ellos if e.clave == escrito]:
        return suyos
    en_otro = [f"{ruta.stem}.docx" for ruta in plantillas_en_otro_formato(v)]
    if fichero in (*en_otro, *(ruta.name for ruta in ficheros_de_plantillas(v))):
        return [_como_si_la_emitiera(v, fichero, procedimiento)]
    if suyos := [e for e in todos_ellos if e.nombre.lower() == escrito.lower()]:
        return suyos
    conocidas = [x for e in todos_ellos for x in (e.clave, e.plantilla, e.nombre)]
    raise NoExiste(
        f"No hay ningún documento ni plantilla «{escrito}».{sugerencia(escrito, conocidas)} "
        "Las que hay: expediente plantilla listar"
    )


def _como_si_la_emitiera(v: Ventanilla, fichero: str, procedimiento: str | None) -> Emisor:
    clave = fichero.removesuffix(".docx")
    if procedimiento is None:
        return Emisor(DE_NADIE, clave, "nadie", fichero, "", (), lambda _: {}, sano=False)
    p = uno(v, procedimiento)
    # Con número y firmante, como saldría el primero de sus oficios.
    oficio = next((d for d in p.documento.values() if d.libro and d.firma), None)
    libro, firma = (oficio.libro, oficio.firma) if oficio else (None, None)
    return emisor_de(v, p, DocumentoEscrito(clave, clave, fichero, libro=libro, firma=firma))
