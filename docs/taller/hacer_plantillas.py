"""Hace de nuevo las plantillas de Word de fábrica.

    python docs/taller/hacer_plantillas.py [CARPETA]

Sin carpeta las escribe en `plantillas/`, encima de las que haya. Las oficinas no
usan este guion: editan sus copias en Word, y cambian el membrete de todas con
`expediente plantilla membrete`. Sirve para que las de fábrica compartan partes, y para
que un cambio en ellas se pueda leer; el membrete se lo pone la misma función que usa la
oficina.
"""

import importlib
import io
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from docx.document import Document as Documento
from estilos import CENTRO
from membrete_de_fabrica import membrete_de_fabrica
from papeleria import a_lo_ancho, etiqueta, hoja, parrafo, pegado
from partes_de_la_relacion import ANCHOS_ATENDIDOS, relacion
from partes_del_informe import informe, informe_de_atendidos, informe_publico
from partes_del_libro import libro_oficios
from partes_del_manual import manual_procedimiento
from partes_del_oficio import abrir_oficio, cerrar_oficio
from sencillos import ANCHOS_DE_FICHA, Sencillo, documento_sencillo
from tablas import encabezado, ficha, firma, renglon, repetido, tabla

from expediente.documentos.hoja_membretada import vestir
from expediente.documentos.paquete import leer_paquete

CARPETA_DE_FABRICA = Path(__file__).resolve().parents[2] / "plantillas"

CALLE = (
    "{% if ubicacion.calle %}{{ ubicacion.calle }}"
    "{% if ubicacion.numero %} {{ ubicacion.numero }}{% endif %}"
    "{% else %}Sin calle registrada{% endif %}"
)
COLONIA = (
    "{{ ubicacion.colonia }}"
    "{% if ubicacion.localidad %}, {{ ubicacion.localidad }}{% endif %}"
    "{% if ubicacion.codigo_postal %}, C.P. {{ ubicacion.codigo_postal }}{% endif %}"
)
CONTACTO = "{{ oficina.domicilio }}, teléfono {{ oficina.telefono }}, correo {{ oficina.correo }}"


def oficio_estrella_blanca() -> Documento:
    """Pide a la línea de autobuses el descuento. El motivo nunca dice de qué se atiende nadie."""
    documento = hoja("Oficio de descuento en pasaje")
    abrir_oficio(documento)
    parrafo(
        documento,
        "Por este conducto, y en atención a la solicitud con folio {{ caso.folio }}, recibida el "
        "{{ caso.abierto }}, le solicito atentamente otorgar el **50 % de descuento** en los "
        "boletos de autobús de la persona que se indica, quien viaja para acudir a atención "
        "médica:",
        "Cuerpo",
    )
    _poner_viaje(documento)
    parrafo(
        documento,
        "Este oficio vale sólo para el viaje descrito y hasta el **{{ vigencia }}**.",
        "Cierre",
    )
    parrafo(
        documento,
        "Agradezco de antemano su colaboración y, sin otro particular, le envío un cordial saludo.",
        "Cierre",
    )
    cerrar_oficio(documento)
    return documento


def _poner_viaje(documento: Documento) -> None:
    parrafo(documento, "", "Separador")
    viaje = tabla(documento, ANCHOS_DE_FICHA, "Datos del viaje para el que se pide el descuento")
    ficha(viaje, "Persona beneficiaria", "**{{ beneficiario.nombre_completo }}**")
    ficha(viaje, "Se identificó con", "{{ identificacion }}", si="identificacion")
    acompanantes = ficha(viaje, "Acompañantes", "").cells[1]
    etiqueta(acompanantes, "for persona in acompanantes")
    parrafo(acompanantes, "{{ persona.nombre_completo }}", "Dato")
    etiqueta(acompanantes, "else")
    parrafo(acompanantes, "Ninguno", "Dato")
    etiqueta(acompanantes, "endfor")
    ficha(viaje, "Origen y destino", "{{ origen }} – {{ destino }}")
    ficha(viaje, "Viaje y boletos", "Viaje {{ tipo_viaje }}; boletos: **{{ boletos.con_letra }}**")
    regreso = "{% if fecha_regreso %}; regreso: {{ fecha_regreso }}{% endif %}"
    ficha(viaje, "Fecha de viaje", "{{ fecha_viaje }}" + regreso)
    cita = "{% if fecha_cita %}; cita: {{ fecha_cita }}{% endif %}"
    ficha(viaje, "Institución a la que acude", "{{ institucion_salud }}" + cita)


def aviso_improcedencia() -> Documento:
    """Dice al usuario por qué su solicitud no procede y qué puede hacer; no imprime adeudos."""
    documento = hoja("Aviso de improcedencia")
    abrir_oficio(documento)
    parrafo(
        documento,
        "En atención a la solicitud de servicio que presentó el {{ caso.abierto }}, registrada "
        "con el folio de atención {{ caso.folio }}, le comunico que **por el momento no procede "
        "darle trámite**, porque al consultar el padrón la cuenta señalada no aparece "
        "regularizada. Los datos de la consulta son los siguientes:",
        "Cuerpo",
    )
    parrafo(documento, "", "Separador")
    consulta = tabla(documento, ANCHOS_DE_FICHA, "Datos de la solicitud y de la consulta")
    ficha(consulta, "Servicio solicitado", "{{ tipo_servicio }}")
    ficha(consulta, "Ubicación", f"{CALLE}; {COLONIA}")
    ficha(consulta, "Cuenta", "{{ cuenta }}", si="cuenta")
    ficha(consulta, "Fecha y hora de consulta", "{{ consulta_cuenta }}")
    ficha(consulta, "Consultó", "{{ consulto }}")
    _poner_remedios(documento)
    parrafo(documento, "Sin otro particular, le envío un cordial saludo.", "Cierre")
    cerrar_oficio(documento)
    return documento


def _poner_remedios(documento: Documento) -> None:
    parrafo(
        documento,
        "**Para regularizar la cuenta**, acuda a esta oficina o comuníquese por los medios que "
        "aparecen al pie, donde se le informarán los requisitos y las opciones disponibles. Una "
        "vez regularizada, presente de nuevo su solicitud citando el folio {{ caso.folio }}: se "
        "atenderá con los datos que ya obran en él.",
        "Cuerpo",
    )
    parrafo(
        documento,
        "**Si no está de acuerdo con este aviso**, puede presentar su queja o inconformidad, por "
        "escrito o de palabra, en los mismos medios; se le entregará acuse y se le dará "
        "respuesta. Este aviso responde únicamente a la solicitud señalada.",
        "Cierre",
    )


def acuse_reporte() -> Documento:
    """Media carta que se lleva quien reporta; la firma quien recibió, no la dirección."""
    documento = hoja("Acuse de reporte de servicio")
    parrafo(documento, "Acuse de reporte de servicio", "Heading 1").alignment = CENTRO
    parrafo(documento, "Número de reporte", "Sello")
    parrafo(documento, "{{ numero_reporte }}", "Número grande")
    _poner_reporte(documento)
    parrafo(documento, "", "Separador")
    pie = tabla(documento, (9.8, 0.8, 6.0), "Cómo dar seguimiento y quién recibió", bordes=False)
    seguimiento, _, recibio = renglon(pie, ("", "", ""), ("Nota", "Nota", "Nota")).cells
    parrafo(
        seguimiento,
        f"**Cómo dar seguimiento.** Conserve este acuse y cite el número de reporte al "
        f"preguntar en {CONTACTO}."
        "{% if telefono %} Cuando el área informe que terminó, se le llamará para confirmar que "
        "el servicio quedó atendido.{% endif %}",
        "Nota",
    )
    firma(recibio, "{{ caso.recibio }}", "Recibió")
    parrafo(documento, "", "Entre tablas")
    return documento


def _poner_reporte(documento: Documento) -> None:
    reporte = tabla(documento, ANCHOS_DE_FICHA, "Datos del reporte de servicio")
    ficha(reporte, "Recibido", "{{ caso.abierto }}, {{ caso.hora_abierto }} horas")
    ficha(reporte, "Canal y folio de atención", "{{ caso.canal }}; {{ caso.folio }}")
    ficha(reporte, "Tipo de servicio", "**{{ tipo_servicio }}**")
    # Un reporte anónimo no trae usuario.
    reporto = "usuario and usuario.nombre_completo"
    ficha(reporte, "Reportó", "{{ usuario.nombre_completo }}", si=reporto)
    ficha(reporte, "Teléfono", "{{ telefono }}", si="telefono")
    ficha(reporte, "Cuenta", "{{ cuenta }}", si="cuenta")
    ficha(reporte, "Calle y número", CALLE)
    ficha(reporte, "Entre calles", "{{ ubicacion.entre_calles }}", si="ubicacion.entre_calles")
    ficha(reporte, "Colonia", COLONIA)
    ficha(reporte, "Referencia", "{{ ubicacion.referencia }}", si="ubicacion.referencia")
    ficha(
        reporte,
        "Latitud y longitud",
        "{{ ubicacion.latitud }}, {{ ubicacion.longitud }}",
        si="ubicacion.latitud and ubicacion.longitud",
    )
    ficha(
        reporte,
        "Programa de 24 horas",
        "{% if programa_24h %}Sí{% if caso.vence %}; se atenderá a más tardar el {{ caso.vence }}"
        "{% endif %}{% else %}No aplica a este tipo de servicio{% endif %}",
    )


def caratula() -> Documento:
    """La guarda exterior del expediente que se archiva, y el índice de sus documentos."""
    documento = hoja("Carátula de expediente")
    parrafo(documento, "Carátula de expediente", "Heading 1")
    _poner_clasificacion(documento)
    parrafo(documento, "Índice de documentos", "Heading 2")
    indice = tabla(documento, (1.0, 2.0, 2.4, 4.8, 5.1, 1.3), "Índice de documentos")
    encabezado(
        indice,
        ("N.º", "Fecha", "Tipo", "Descripción", "Fichero", "Fojas"),
        ("Columna de cifras", *["Columna"] * 4, "Columna de cifras"),
    )
    campos = ("numero", "fecha", "tipo", "descripcion", "fichero", "fojas")
    repetido(
        indice,
        "documento in indice",
        [f"{{{{ documento.{campo} }}}}" for campo in campos],
        ["Cifra", *["Dato menudo"] * 4, "Cifra"],
        "Sin documentos.",
    )
    pegado(documento, "", "Separador")
    cierre = tabla(documento, (4.0, 8.6, 4.0), "Firma de quien archiva", bordes=False)
    _, responsable, _ = renglon(cierre, ("", "", ""), ("Firma", "Firma", "Firma")).cells
    firma(responsable, "Nombre y firma", "Responsable del archivo de trámite")
    parrafo(documento, "", "Entre tablas")
    return documento


def _poner_clasificacion(documento: Documento) -> None:
    datos = tabla(documento, ANCHOS_DE_FICHA, "Clasificación archivística del expediente")
    for rotulo, campo in (
        ("Fondo", "fondo"),
        ("Unidad administrativa", "unidad"),
        ("Sección", "seccion"),
        ("Serie", "serie"),
        ("Código de clasificación", "clasificacion"),
        ("Número de expediente", "numero"),
        ("Título", "titulo"),
        ("Asunto", "asunto"),
        ("Fecha de apertura", "apertura"),
        ("Fecha de cierre", "cierre"),
        ("Fojas", "fojas"),
        ("Legajo", "legajo"),
        ("Valores documentales", "valores"),
        ("Vigencia en trámite", "vigencia_tramite"),
        ("Vigencia en concentración", "vigencia_concentracion"),
        ("Destino final", "destino_final"),
        ("Clasificación de la información", "clasificacion_informacion"),
        ("Soporte", "soporte"),
        ("Observaciones", "observaciones"),
    ):
        ficha(datos, rotulo, f"{{{{ caratula.{campo} }}}}")
    # Sus sesenta y cuatro letras caben en un renglón.
    ficha(datos, "Huella (SHA-256)", "{{ caratula.huella }}", estilo="Dato menudo")


PLANTILLAS: dict[str, Callable[[], Documento]] = {
    "oficio-estrella-blanca": oficio_estrella_blanca,
    "acuse-reporte": acuse_reporte,
    "aviso-improcedencia": aviso_improcedencia,
    "informe": partial(informe, "Informe periódico"),
    "informe-vertical": partial(informe, "Informe periódico, hoja vertical", apaisada=False),
    "informe-atendidos": partial(informe_de_atendidos, "Lista de reportes atendidos"),
    "informe-padron": partial(informe_publico, "Padrón de beneficiarios, versión pública"),
    "relacion-atendidos": partial(relacion, "Relación de reportes atendidos", ANCHOS_ATENDIDOS),
    "caratula": caratula,
    "libro-oficios": libro_oficios,
    "manual-procedimiento": manual_procedimiento,
}


def _sencillos() -> list[Sencillo]:
    """Los documentos sencillos de cada familia: `DOCUMENTOS` de los módulos documentos_*.py."""
    modulos = sorted(Path(__file__).parent.glob("documentos_*.py"))
    return [d for m in modulos for d in importlib.import_module(m.stem).DOCUMENTOS]


def guardar(documento: Documento, ruta: Path, membrete: Path | None = None) -> None:
    """Escribe el documento, con ese membrete; el mismo documento da siempre los mismos bytes."""
    a_lo_ancho(documento)
    recien_hecho = io.BytesIO()
    documento.save(recien_hecho)
    with zipfile.ZipFile(recien_hecho) as origen, zipfile.ZipFile(ruta, "w") as destino:
        for parte in origen.namelist():
            # Sin la hora del reloj, que cambiaría el fichero en cada corrida.
            entrada = zipfile.ZipInfo(parte)
            destino.writestr(entrada, origen.read(parte), zipfile.ZIP_DEFLATED)
    hoja = leer_paquete(membrete or ruta)
    ruta.write_bytes(vestir(leer_paquete(ruta), hoja).contenido)


def hacer_plantillas(carpeta: Path) -> None:
    """Escribe todas las plantillas de fábrica en la carpeta, que se crea si no existe."""
    carpeta.mkdir(parents=True, exist_ok=True)
    membrete = carpeta / "membrete.docx"
    guardar(membrete_de_fabrica(), membrete)
    for nombre, hacer in PLANTILLAS.items():
        guardar(hacer(), carpeta / f"{nombre}.docx", membrete)
    for dicho in _sencillos():
        guardar(documento_sencillo(dicho), carpeta / f"{dicho.clave}.docx", membrete)


if __name__ == "__main__":
    hacer_plantillas(Path(sys.argv[1]) if len(sys.argv) > 1 else CARPETA_DE_FABRICA)
