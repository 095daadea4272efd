"""Empezar una plantilla: la hoja de la oficina, el esqueleto de otra y etiquetas de muestra."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from expediente.almacen.disco import escribir_entero
from expediente.documentos.otro_formato import no_esta
from expediente.documentos.vocabulario import Dato
from expediente.nucleo.campo import opciones_de
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, sugerencia
from expediente.nucleo.esqueleto import CLAVE
from expediente.nucleo.procedimiento import Destino, DocumentoEscrito, Procedimiento
from expediente.operaciones.carpeta_de_plantillas import (
    IMAGENES,
    MEMBRETE,
    PLANTILLAS,
    fichero_de_plantilla,
    ficheros_de_plantillas,
    plantillas_en_otro_formato,
)
from expediente.operaciones.papeleria_de_oficina import leer_membrete
from expediente.operaciones.procedimientos import uno
from expediente.operaciones.ventanilla import Ventanilla

# Las que dejan su texto por escribir: «oficio» es oficio-libre.docx.
_LIBRE = "-libre"


@dataclass(frozen=True)
class PlantillaNueva:
    """Una plantilla recién hecha: dónde queda y de cuál salió.

    `renglones` es lo que hay que escribir en el procedimiento para que la emita, y
    `documento`, la clave con que lo hará. `emiten` son los pasos que ya emiten algo, con
    todo lo que emitirían.
    """

    ruta: Path
    base: str
    renglones: str
    documento: str
    emiten: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def escribir_plantilla_nueva(
    v: Ventanilla,
    clave: str,
    como: str = "oficio",
    procedimiento: str | None = None,
    documento: str | None = None,
    simular: bool = False,
) -> PlantillaNueva:
    """Deja en la oficina una plantilla para escribirse en Word, que ya puede emitirse.

    `como` es otra plantilla, o una de las libres: oficio, constancia, acuse. Lanza
    ErrorUso si la clave no sirve, DatosInvalidos si ya existe, y NoExiste si no hay tal
    base, procedimiento o documento.
    """
    clave = clave.removesuffix(".docx")
    if not CLAVE.fullmatch(clave):
        raise ErrorUso(
            "El nombre se escribe con minúsculas sin acento, números y guiones: oficio-de-vialidad."
        )
    if documento and not procedimiento:
        raise ErrorUso("Diga de qué procedimiento es ese documento, con --procedimiento CLAVE.")
    ruta = v.raiz / PLANTILLAS / f"{clave}.docx"
    if ruta.exists():
        raise DatosInvalidos(f"{ruta}: ya existe; edítela en Word o elija otro nombre.")
    base = _base(v, fichero_de_plantilla(como))
    p = uno(v, procedimiento) if procedimiento else None
    regla = _documento(p, documento) if p and documento else None
    escrito = regla or DocumentoEscrito(clave, clave.replace("-", " ").capitalize(), ruta.name)
    contenido, pide = _hacer(v, base, escrito, p)
    if not simular:
        escribir_entero(ruta, contenido)
    renglones = _renglones(v, p, escrito, ruta.name, pide) if regla is None else []
    return PlantillaNueva(
        ruta,
        base.name,
        "\n".join(renglones) or f"plantilla: {ruta.name}",
        escrito.clave,
        _ya_emiten(p, escrito.clave) if p else {},
    )


def _base(v: Ventanilla, fichero: str) -> Path:
    """La plantilla de ese nombre, o la libre que se llama así."""
    pedida = fichero.removesuffix(".docx")
    hay = {ruta.stem: ruta for ruta in ficheros_de_plantillas(v) if ruta.name != MEMBRETE}
    for nombre in (f"{pedida}{_LIBRE}", pedida):
        if nombre in hay:
            return hay[nombre]
    for otra in plantillas_en_otro_formato(v):
        if otra.stem in (f"{pedida}{_LIBRE}", pedida):
            raise NoExiste(no_esta(otra.with_suffix(".docx")))
    libres = [nombre.removesuffix(_LIBRE) for nombre in hay if nombre.endswith(_LIBRE)]
    raise NoExiste(
        f"No hay plantilla «{pedida}» de donde empezar.{sugerencia(pedida, [*libres, *hay])} "
        f"Puede ser cualquiera de la oficina, o una de éstas: {', '.join(libres)}."
    )


def _documento(p: Procedimiento, documento: str) -> DocumentoEscrito:
    if documento in p.documento:
        return p.documento[documento]
    parecido = sugerencia(documento, p.documento)
    raise NoExiste(f"«{p.clave}» no tiene el documento «{documento}».{parecido}")


def _hacer(
    v: Ventanilla, base: Path, escrito: DocumentoEscrito, p: Procedimiento | None
) -> tuple[bytes, frozenset[str]]:
    """La plantilla, comprobado que compila, y lo que pide."""
    # Word pesa en el arranque: sólo lo cargan las órdenes que miran plantillas.
    from expediente.documentos.cuerpo_nuevo import con_otro_cuerpo
    from expediente.documentos.hoja_membretada import vestir
    from expediente.documentos.paquete import leer_paquete
    from expediente.documentos.plantilla import compilar

    membrete = v.raiz / PLANTILLAS / MEMBRETE
    hoja = leer_membrete(v, membrete if membrete.is_file() else base)
    contenido = con_otro_cuerpo(leer_paquete(base), escrito.nombre, _de_muestra(p, escrito))
    with TemporaryDirectory() as carpeta:
        temporal = Path(carpeta) / base.name
        temporal.write_bytes(contenido)
        temporal.write_bytes(vestir(leer_paquete(temporal), hoja).contenido)
        return temporal.read_bytes(), compilar(temporal, v.raiz / IMAGENES).campos()


def _de_muestra(p: Procedimiento | None, escrito: DocumentoEscrito) -> list[Dato]:
    """Los calculados del documento y lo primero que se captura, que es lo que seguro hay."""
    from expediente.documentos.datos_de_plantilla import (
        CALCULADOS,
        DEL_CASO,
        datos_de_la_carta,
    )

    if p is None:
        return []
    primeros: tuple[str, ...] = next((paso.captura for paso in p.pasos if paso.captura), ())
    raices = {clave.partition(".")[0] for clave in primeros}
    return [
        dato
        for dato in datos_de_la_carta(p, escrito)
        if dato.grupo == CALCULADOS or (dato.grupo == DEL_CASO and dato.raiz in raices)
        if not dato.sensible
    ]


def _renglones(
    v: Ventanilla,
    p: Procedimiento | None,
    escrito: DocumentoEscrito,
    fichero: str,
    pide: frozenset[str],
) -> Iterator[str]:
    """El documento que hay que agregar al procedimiento; sólo con lo que la plantilla pide."""
    otros = p.documento.values() if p else ()
    parecido = next((d for d in otros if d.libro and d.firma), None)
    yield f"  - clave: {escrito.clave}"
    yield f"    nombre: {escrito.nombre}"
    yield f"    plantilla: {fichero}"
    if "oficio.numero" in pide:
        yield f"    libro: {parecido.libro if parecido else v.oficina.libros[0].clave}"
    if "oficio.asunto" in pide:
        yield f"    asunto: Se envía {escrito.nombre[:1].lower()}{escrito.nombre[1:]}."
    if "oficio.destinatario.nombre" in pide:
        destinos = asdict(_a_quien(v, p) or Destino()) if p else {}
        dicho = next((f"{{{k}: {x}}}" for k, x in destinos.items() if x), None)
        yield f"    dirigido: {dicho}" if dicho else "    # Sin `dirigido`: a quien corresponda."
    if "oficio.firmante.nombre" in pide:
        yield f"    firma: {parecido.firma if parecido else v.oficina.firmas[0].rol}"


def _a_quien(v: Ventanilla, p: Procedimiento) -> Destino | None:
    """A quien el procedimiento ya escribe; si no, su primera persona, o un titular que conste."""
    sueltos = [c for c in p.campos if not c.lista]
    persona = next((c.clave for c in sueltos if c.tipo == "persona" and c.obligatorio), None)
    con_titular = (
        c.clave
        for c in sueltos
        if c.tipo == "opcion"
        if any("titular" in o.atributos for o in opciones_de(c, v.catalogos).values())
    )
    opcion = next(con_titular, None)
    otros = (d.dirigido for d in p.documentos if d.dirigido and not d.por_cada)
    return (
        p.eventos.dirigido
        or (Destino(persona=persona) if persona else None)
        or next(otros, None)
        or (Destino(opcion=opcion) if opcion else None)
    )


def _ya_emiten(p: Procedimiento, clave: str) -> dict[str, tuple[str, ...]]:
    """{paso: todo lo que emitiría} de los que ya emiten algo."""
    return {
        paso.clave: (*salida.emite, clave)
        for paso in p.pasos
        for salida in paso.salidas
        if salida.emite and clave not in salida.emite
    }
