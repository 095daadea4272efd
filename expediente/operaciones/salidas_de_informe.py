"""Escribir un informe ya contado: su Word y, si se pide, su PDF, su hoja y su CSV.

Se preparan todos antes de escribir ninguno, y el Word queda al último: si está, están los
demás. Todos llevan el nombre de su versión, que lleva `guardar_informes`.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from expediente.almacen.disco import errores_de_disco, leer_bytes
from expediente.documentos.csv_de_excel import hoja_para_excel
from expediente.nucleo.errores import DatosInvalidos, ErrorDisco, ErrorExpediente
from expediente.nucleo.informe import Informe
from expediente.operaciones.carpeta_de_plantillas import plantilla_de
from expediente.operaciones.guardar_informes import (
    guardar_informe,
    informe_ensayado,
    word_por_guardar,
)
from expediente.operaciones.informes_en_hojas import informe_en_hojas, renglones_con_tipo
from expediente.operaciones.redaccion_de_informes import campos_del_informe
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.pdf import Conversion
    from expediente.operaciones.informes import InformeHecho

# El PDF de cada Word, por la huella de éste.
Pdfs = Mapping[str, bytes]
PDF, HOJA, CSV = "pdf", "hoja", "csv"
_SUFIJOS = {PDF: ".pdf", HOJA: ".xlsx", CSV: ".csv"}
_ANEXO = "informe.anexo"


def escribir_salidas(
    v: Ventanilla,
    hecho: "InformeHecho",
    formatos: frozenset[str],
    carpeta: Path,
    con_folios: bool = False,
    corte_fijo: bool = False,
    simular: bool = False,
    pdfs: Pdfs = MappingProxyType({}),
) -> "InformeHecho":
    """El informe con los ficheros que quedaron en `carpeta`: todos o ninguno.

    El Word va siempre. Repetir la petición deja los mismos, y uno que ya estaba y dice otra
    cosa no se pisa. Con `corte_fijo` alguien pidió ese corte y se respeta; con `simular` no
    se escribe nada, y se dice si ya estaba. `pdfs` son los que ya hizo `pdfs_de`. Lanza
    NoExiste si se pide el PDF y no está LibreOffice, y DatosInvalidos si a la plantilla le
    falta un dato, no tiene dónde poner los folios que se piden, o se piden de un informe que
    se publica.
    """
    if con_folios:
        _rechazar_folios(hecho.informe)
    redactar = partial(_en_word, v, con_folios=con_folios)
    if simular:
        sufijos = [_SUFIJOS[formato] for formato in sorted(formatos)]
        return informe_ensayado(hecho, carpeta, redactar, corte_fijo, sufijos, con_folios)
    if PDF in formatos:
        from expediente.documentos.pdf import hallar_libreoffice  # sólo quien pide un PDF lo carga

        hallar_libreoffice()
    return guardar_informe(
        hecho,
        carpeta,
        redactar,
        corte_fijo,
        partial(_los_demas, v, formatos=formatos, con_folios=con_folios, pdfs=pdfs),
        con_folios,
    )


def pdfs_de(
    v: Ventanilla,
    hechos: Sequence[tuple["InformeHecho", Path]],
    con_folios: bool = False,
    corte_fijo: bool = False,
) -> Pdfs:
    """El PDF de cada (informe, carpeta) al que le falta, con un solo LibreOffice para todos.

    El que no se puede redactar o convertir no sale: lo dirá al escribirse. Lanza NoExiste si
    LibreOffice no está, y ErrorDisco si no hay dónde trabajar.
    """
    from expediente.documentos.pdf import hallar_libreoffice  # sólo quien pide un PDF lo carga

    hallar_libreoffice()
    redactar = partial(_en_word, v, con_folios=con_folios)
    words: list[bytes] = []
    for hecho, carpeta in hechos:
        with suppress(ErrorExpediente):
            if con_folios:
                _rechazar_folios(hecho.informe)
            ruta, word = word_por_guardar(hecho, carpeta, redactar, corte_fijo, con_folios)
            if ruta is None or not ruta.with_suffix(_SUFIJOS[PDF]).is_file():
                words.append(word)
    hechas = _convertidos(words) if words else []
    pares = zip(words, hechas, strict=True)
    return {sha256(word).hexdigest(): hecha.pdf for word, hecha in pares if hecha.pdf is not None}


def _convertidos(words: Sequence[bytes]) -> list["Conversion"]:
    """La conversión de cada Word, en su orden."""
    from tempfile import TemporaryDirectory, gettempdir  # sólo quien pide un PDF lo carga

    from expediente.documentos.pdf import a_pdf  # ídem

    with (
        errores_de_disco(Path(gettempdir())),
        TemporaryDirectory(prefix="expediente-informes-") as donde,
    ):
        copias = [Path(donde, f"{n}.docx") for n in range(len(words))]
        for copia, word in zip(copias, words, strict=True):
            copia.write_bytes(word)
        return list(a_pdf(copias))


def _rechazar_folios(informe: Informe) -> None:
    """Lanza DatosInvalidos si se publica."""
    if informe.publico:
        raise DatosInvalidos(
            f"{informe.nombre}: se publica, y con los folios se sabría de quién es lo reservado. "
            "Pídalo sin --folios; para verlos en la pantalla, con --cifras --folios."
        )


def _en_word(v: Ventanilla, hecho: "InformeHecho", con_folios: bool) -> bytes:
    plantilla = plantilla_de(v, hecho.informe.plantilla)
    if con_folios and not any(campo.startswith(_ANEXO) for campo in plantilla.campos()):
        raise DatosInvalidos(
            f"Plantilla {plantilla.nombre}: no tiene dónde poner los folios de cada cifra. "
            "Agréguele una lista de «informe.anexo», o pida el informe sin --folios."
        )
    return plantilla.llenar(campos_del_informe(v, hecho, con_folios))


def _los_demas(
    v: Ventanilla,
    hecho: "InformeHecho",
    word: Path,
    contenido: bytes,
    formatos: frozenset[str],
    con_folios: bool,
    pdfs: Pdfs,
) -> Mapping[Path, bytes]:
    """Lo que va junto al Word de esa versión: {ruta: contenido}."""
    salidas: dict[Path, bytes] = {}
    if PDF in formatos:
        salidas[word.with_suffix(_SUFIJOS[PDF])] = _pdf(word, contenido, pdfs)
    if HOJA in formatos:
        from expediente.documentos.hoja_de_informe import informe_en_excel  # sólo quien la pide

        en_hojas = informe_en_hojas(v, hecho, con_folios)
        salidas[word.with_suffix(_SUFIJOS[HOJA])] = informe_en_excel(en_hojas, hecho.al)
    if CSV in formatos:
        titulos = [columna.titulo for columna in hecho.informe.columnas]
        filas = renglones_con_tipo(v, hecho)
        salidas[word.with_suffix(_SUFIJOS[CSV])] = hoja_para_excel(titulos, filas)
    return salidas


def _pdf(word: Path, contenido: bytes, pdfs: Pdfs) -> bytes:
    """El PDF de ese Word. El que ya estaba vale: LibreOffice no repite sus bytes.

    También si falta el Word, que va al último: una corrida murió antes de escribirlo.
    """
    from expediente.documentos.pdf import problema_del_pdf  # sólo quien pide un PDF lo carga

    hecho = word.with_suffix(_SUFIJOS[PDF])
    if hecho.is_file() and (not word.is_file() or leer_bytes(word) == contenido):
        ya_estaba = leer_bytes(hecho)
        if not problema_del_pdf(ya_estaba):
            return ya_estaba
    if (suyo := pdfs.get(sha256(contenido).hexdigest())) is not None:
        return suyo
    (conversion,) = _convertidos([contenido])
    if conversion.pdf is None:
        raise ErrorDisco(f"No se hizo el PDF de {word.name}: {conversion.problema}")
    return conversion.pdf
