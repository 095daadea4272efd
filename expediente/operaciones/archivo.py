"""Archivar casos cerrados en la unidad compartida, y comprobar lo archivado."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from expediente.almacen import bolsa as bolsas
from expediente.almacen import carpetas
from expediente.almacen.abiertos import abiertos_en
from expediente.documentos.csv_de_excel import hoja_para_excel
from expediente.documentos.redaccion import clave_de_archivo
from expediente.nucleo.aviso_de_abierto import es_aviso_de_abierto
from expediente.nucleo.errores import (
    DatosInvalidos,
    ErrorUso,
    NoExiste,
    NoPermitido,
)
from expediente.nucleo.estado import CANCELADO, RESERVADO, Documento
from expediente.nucleo.fecha import fecha_corta
from expediente.nucleo.folio import leer_folio
from expediente.operaciones.asunto import Asunto, asentar, con_actuaciones, tomar
from expediente.operaciones.caratulas import campos_de_la_caratula
from expediente.operaciones.carpeta_de_plantillas import CARATULA, plantilla_de
from expediente.operaciones.documentos_del_caso import DE_BORRADOR
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.resultado import Resultado, resultado_de
from expediente.operaciones.ventanilla import Ventanilla

DE_LA_BOLSA = ("documentos", "anexos")


def concluidos_antes(v: Ventanilla, fecha: str) -> list[str]:
    """Los folios de los casos que concluyeron antes de esa fecha y no se han archivado.

    Lanza ErrorUso si la fecha no se entiende.
    """
    limite = v.momento(fecha)
    return [
        r.folio
        for r in listar(v, Filtro()).renglones
        if r.texto("situacion") != "archivado"
        and (concluido := r.texto("concluido"))
        and datetime.fromisoformat(concluido) < limite
    ]


def destino_de(v: Ventanilla, pedido: Path | None) -> Path:
    """La carpeta donde se archiva: la pedida o la de oficina.yaml. Lanza ErrorUso."""
    if pedido is None and v.oficina.archivo is None:
        raise ErrorUso(
            "Diga la carpeta del archivo: «archivar … --destino CARPETA», «archivo verificar "
            "CARPETA», o la llave `archivo` de oficina.yaml."
        )
    return pedido or Path(v.oficina.archivo or "")


def archivar(v: Ventanilla, folio: str, destino: Path, simular: bool = False) -> Resultado:
    """Pone el caso cerrado en su bolsa y, sólo cuando quedó verificada, lo marca.

    Repetirlo es seguro: si la bolsa ya está y es la misma, sólo marca lo que faltaba.
    Lanza NoPermitido si el caso no ha terminado o tiene algo pendiente, y DatosInvalidos
    si algún fichero ya no es el que se asentó.
    """
    asunto = tomar(v, folio)
    if asunto.estado.situacion == "archivado":
        return resultado_de(asunto, aviso="Ya estaba archivado.")
    _revisar_que_cierra(asunto)
    relativa = _lugar(v, asunto)
    if simular:
        return resultado_de(asunto, [str(relativa)])
    bolsa = destino / relativa
    _publicar(v, asunto, bolsa)
    detalle = {
        "destino": str(destino.resolve()),
        "bolsa": relativa.as_posix(),
        "huella": bolsas.huella_de_bolsa(bolsa),
    }
    marca = replace(v.nueva_actuacion("archivo"), detalle=detalle)
    hecho = asentar(v, con_actuaciones(asunto, marca))
    return resultado_de(hecho, [str(bolsa)], _aviso_de_abiertos(asunto))


def _aviso_de_abiertos(asunto: Asunto) -> str | None:
    """Lo que alguien mira todavía: se archivó lo asentado, no lo que esté cambiando."""
    abiertos = [str(a) for n in DE_LA_BOLSA for a in abiertos_en(asunto.carpeta / n)]
    if not abiertos:
        return None
    return f"{'; '.join(abiertos)}. Se archivó lo que está en el disco; lo que cambie ya no entra."


def _revisar_que_cierra(asunto: Asunto) -> None:
    estado = asunto.estado
    if estado.abierto_ahora:
        raise NoPermitido(
            f"El expediente {asunto.folio} sigue en trámite (paso {', '.join(estado.pasos)}); "
            "se archiva cuando termina."
        )
    if estado.tiene_efectos_pendientes or any(d.estado == RESERVADO for d in estado.documentos):
        raise NoPermitido(
            f"El expediente {asunto.folio} tiene documentos por cumplir; termínelos con: "
            f"expediente oficio emitir {asunto.folio}"
        )
    if asunto.por_adoptar:
        raise NoPermitido(
            f"El expediente {asunto.folio} tiene una corrección a mano sin adoptar; adóptela con: "
            f"expediente anotar {asunto.folio} --nota «…»"
        )


def _lugar(v: Ventanilla, asunto: Asunto) -> Path:
    serie = v.oficina.serie(asunto.procedimiento.serie)
    folio = leer_folio(asunto.folio)
    assert folio is not None
    return Path(serie.fondo) / serie.clave / f"{folio.anio:04d}" / asunto.folio


def _publicar(v: Ventanilla, asunto: Asunto, bolsa: Path) -> None:
    vigente = asunto.leido.lectura.texto.encode("utf-8")
    if bolsa.exists():
        _revisar_la_misma(bolsa, vigente, asunto.folio)
        return
    ficheros = _ficheros_del_caso(asunto)
    esperadas = _sumas_asentadas(asunto)
    indice = _indice(asunto)
    escritos = {
        carpetas.FICHERO: vigente,
        "indice.csv": _csv(indice),
        CARATULA: _caratula(v, asunto, indice),
    }
    informacion = {
        "Source-Organization": v.oficina.ente(asunto.procedimiento.ente).nombre,
        "External-Identifier": _clave(v, asunto),
        "Bagging-Date": f"{v.ahora:%Y-%m-%d}",
        "Bag-Group-Identifier": asunto.procedimiento.serie,
        "Folio": asunto.folio,
        "Fecha-Apertura": f"{asunto.estado.abierto:%Y-%m-%d}",
        "Fecha-Cierre": f"{asunto.estado.concluido:%Y-%m-%d}",
    }
    if not bolsas.escribir_bolsa(bolsa, ficheros, escritos, informacion, esperadas):
        _revisar_la_misma(bolsa, vigente, asunto.folio)


def _revisar_la_misma(bolsa: Path, vigente: bytes, folio: str) -> None:
    """Lanza DatosInvalidos si la bolsa que ya está no es la de este caso o está dañada."""
    problemas = bolsas.problemas_de_la_bolsa(bolsa)
    fichero = bolsa / "data" / carpetas.FICHERO
    if not problemas and fichero.read_bytes() == vigente:
        return
    porque = " ".join(problemas) or "guarda otra versión del expediente."
    raise DatosInvalidos(
        f"{bolsa}: ya hay una bolsa de {folio} y no es la misma: {porque} No se tocó; apártela "
        "y repita la orden."
    )


def _ficheros_del_caso(asunto: Asunto) -> dict[str, Path]:
    ficheros = {}
    for nombre in DE_LA_BOLSA:
        carpeta = asunto.carpeta / nombre
        if carpeta.is_dir():
            for ruta in sorted(carpeta.iterdir()):
                if es_aviso_de_abierto(ruta.name) or ruta.name.startswith("."):
                    continue
                if ruta.is_dir():
                    raise DatosInvalidos(f"{ruta}: es una carpeta; sáquela antes de archivar.")
                ficheros[f"{nombre}/{ruta.name}"] = ruta
    return ficheros


def _se_quito(asunto: Asunto, doc: Documento) -> bool:
    """Si es el borrador de una reserva cancelada, que ya no está: no se echa de menos."""
    fichero = doc.fichero or ""
    de_cancelada = doc.estado == CANCELADO and fichero.endswith(DE_BORRADOR)
    return de_cancelada and not (asunto.carpeta / fichero).exists()


def _sumas_asentadas(asunto: Asunto) -> dict[str, str]:
    sumas = {
        d.fichero: d.sha256
        for d in asunto.estado.documentos
        if d.fichero and d.sha256 and not _se_quito(asunto, d)
    }
    return sumas | {a["fichero"]: a["sha256"] for a in asunto.estado.anexos}


def _indice(asunto: Asunto) -> list[dict[str, str]]:
    """Un renglón por documento y anexo, en el orden en que llegaron al expediente."""
    renglones = []
    for actuacion in asunto.actuaciones:
        fecha = fecha_corta(actuacion.ocurrio)
        for hecho in actuacion.documentos:
            if hecho.get("fichero") and hecho["fichero"] in _sumas_asentadas(asunto):
                regla = asunto.procedimiento.regla_de(hecho["clave"])
                numero = hecho.get("numero", "")
                renglones.append((fecha, regla.nombre, numero, hecho["fichero"]))
        for anexo in actuacion.anexos:
            renglones.append((fecha, "Anexo", actuacion.nota or "Recibido", anexo["fichero"]))
    vistos = dict.fromkeys(renglones)
    return [
        {
            "numero": str(n),
            "fecha": fecha,
            "tipo": tipo,
            "descripcion": que,
            "fichero": fichero,
            "fojas": "",
        }
        for n, (fecha, tipo, que, fichero) in enumerate(vistos, start=1)
    ]


def _csv(indice: list[dict[str, str]]) -> bytes:
    llaves = ["numero", "fecha", "tipo", "descripcion", "fichero", "fojas"]
    return hoja_para_excel(llaves, [[renglon[k] for k in llaves] for renglon in indice])


def _clave(v: Ventanilla, asunto: Asunto) -> str:
    return clave_de_archivo(v.oficina, asunto.procedimiento.serie, asunto.folio)


def _caratula(v: Ventanilla, asunto: Asunto, indice: list[dict[str, str]]) -> bytes:
    huella = str(asunto.leido.caso.encabezado.get("huella", ""))
    p, estado = asunto.procedimiento, asunto.estado
    campos = campos_de_la_caratula(v, p, estado, asunto.folio, huella, indice)
    return plantilla_de(v, CARATULA).llenar(campos)


@dataclass(frozen=True)
class Verificacion:
    """Lo que dio verificar un archivo: cuántas bolsas íntegras y qué problemas."""

    integras: int
    revisadas: int
    problemas: tuple[tuple[str, str], ...]


def verificar(v: Ventanilla | None, destino: Path) -> Verificacion:
    """Vuelve a leer cada bolsa y la compara con sus sumas y con lo que el caso recuerda.

    Sin oficina (`v` None) comprueba las bolsas por sí solas. Lanza NoExiste si no había
    nada que verificar: un archivo vacío no está verificado.
    """
    if not destino.is_dir():
        raise NoExiste(f"{destino}: no existe o la unidad compartida no está conectada.")
    anclas = _anclas(v, destino)
    problemas: list[tuple[str, str]] = []
    revisadas = integras = 0
    for bolsa in bolsas.bolsas(destino):
        revisadas += 1
        relativa = bolsa.relative_to(destino).as_posix()
        hallados = bolsas.problemas_de_la_bolsa(bolsa)
        ancla = anclas.pop(relativa, None)
        if not hallados and ancla and bolsas.huella_de_bolsa(bolsa) != ancla:
            hallados = ["sus sumas se rehicieron: no son las que el expediente asentó."]
        integras += not hallados
        problemas += [(relativa, hallado) for hallado in hallados]
    problemas += [(falta, "el expediente dice que está aquí y no está.") for falta in anclas]
    if not revisadas and not problemas:
        raise NoExiste(f"{destino}: no hay ninguna bolsa; no se verificó nada.")
    return Verificacion(integras, revisadas, tuple(problemas))


def _anclas(v: Ventanilla | None, destino: Path) -> dict[str, str]:
    """{bolsa: huella} que los casos de la oficina recuerdan de ese destino."""
    if v is None:
        return {}
    aqui = str(destino.resolve())
    anclas = {}
    for renglon in listar(v, Filtro(situacion="archivado")).renglones:
        archivo = renglon.encabezado.get("archivo")
        if isinstance(archivo, dict) and archivo.get("destino") == aqui:
            anclas[str(archivo["bolsa"])] = str(archivo["huella"])
    return anclas
