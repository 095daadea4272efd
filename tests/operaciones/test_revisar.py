"""Revisar halla lo que está mal sin cambiarlo; reparar arregla lo que no pide criterio."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from expediente.almacen.libro import anotar_asiento, asientos
from expediente.operaciones.asunto import asentar, con_actuaciones, tomar
from expediente.operaciones.revisar import revisar
from expediente.operaciones.revision_de_informes import problemas_de_informes
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    concluida,
    documento,
    ficheros,
    por_autorizar,
    por_elaborar,
    ruta_de,
)


def a_medias(v: Ventanilla) -> str:
    """Un caso cuyo paso se asentó justo antes de que la máquina se apagara."""
    folio = por_elaborar(v)
    avance = replace(v.nueva_actuacion("avance"), paso="elaborar")
    asentar(v, con_actuaciones(tomar(v, folio), avance))
    return folio


def test_una_oficina_recien_puesta_no_tiene_problemas(ventanilla: Abridor) -> None:
    assert revisar(ventanilla(), []) == []


def test_una_oficina_trabajada_no_tiene_problemas(ventanilla: Abridor) -> None:
    v = ventanilla()
    for hacer in (por_autorizar, autorizada, concluida, canalizado):
        hacer(v)

    assert revisar(v, []) == []


def test_dice_lo_que_se_capturo_con_el_reloj_adelantado(ventanilla: Abridor) -> None:
    folio = por_autorizar(ventanilla("2027-03-01 10:00"))

    (problema,) = revisar(ventanilla(), [folio])

    assert "reloj adelantado (1 de marzo de 2027" in problema.mensaje


def test_dice_si_falta_un_indicador_que_un_informe_lleva(
    ventanilla: Abridor, oficina: Path
) -> None:
    (oficina / "indicadores/comisiones-comprobadas.yaml").unlink()

    dichos = [(p.folio, p.mensaje) for p in revisar(ventanilla(), [])]

    assert [d for d, m in dichos if "comisiones-comprobadas" in m] == ["comisiones"]


@pytest.mark.parametrize(
    ("antes", "despues", "dicho"),
    [
        (
            "plantilla: informe.docx",
            "plantilla: infrome.docx",
            "plantilla: no está plantillas/infrome.docx. ¿Quiso decir «informe.docx»?",
        ),
        (
            "elaboro: auxiliar",
            "elaboro: auxiliarr",
            "elaboro: nadie del personal tiene el rol «auxiliarr». ¿Quiso decir «auxiliar»?",
        ),
        (
            "visto_bueno: direccion",
            "visto_bueno: zzz",
            "visto_bueno: nadie del personal tiene el rol «zzz». Póngalo en `roles`",
        ),
        (
            "procedimientos: [estrella-blanca]",
            "procedimientos: [estrela-blanca]",
            "procedimientos: No existe el procedimiento «estrela-blanca». ¿Quiso decir",
        ),
        (
            "resultado.autorizar == 'niega', 'Negado'",
            "resultado.autorizar == 'nego', 'Negado'",
            "columna «estado»: «resultado.autorizar» nunca es «nego». ¿Quiso decir «niega»?",
        ),
    ],
)
def test_dice_lo_que_un_informe_nombra_y_no_esta(
    ventanilla: Abridor, oficina: Path, antes: str, despues: str, dicho: str
) -> None:
    fichero = oficina / "informes" / "estrella-blanca.yaml"
    bueno = fichero.read_text("utf-8")
    fichero.write_text(bueno.replace(antes, despues), "utf-8")

    dichos = [p.mensaje for p in problemas_de_informes(ventanilla())]

    assert antes in bueno
    assert any(d.startswith(f"informes/estrella-blanca.yaml, {dicho}") for d in dichos), dichos


def test_revisar_no_cambia_nada(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    a_medias(v)
    ruta_de(tomar(v, autorizada(v)), "oficio").write_bytes(b"otro")
    antes = ficheros(oficina)

    problemas = revisar(v, [])

    assert len(problemas) == 2
    assert ficheros(oficina) == antes


def test_lo_que_un_apagon_dejo_a_medias_se_termina_con_un_solo_numero(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = a_medias(v)

    (problema,) = revisar(v, [folio])
    arreglado = revisar(v, [], reparar=True)
    revisar(v, [], reparar=True)

    assert "un paso dejó documentos por cumplir" in problema.mensaje
    assert arreglado == []
    assert [a.numero for a in asientos(v.raiz)] == ["DIF/DG/0001/2026"]
    assert documento(v, folio).estado == "reservado"


def test_el_libro_atrasado_se_halla_y_se_pone_al_dia(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)
    (asiento,) = asientos(v.raiz)
    anotar_asiento(asiento, {"estado": "reservado"})

    (problema,) = revisar(v, [])
    arreglado = revisar(v, [], reparar=True)

    assert problema.folio == "libro DG 2026"
    assert f"el libro dice reservado y {folio} dice emitido" in problema.mensaje
    assert arreglado == []


def test_un_documento_cambiado_se_halla_y_no_se_arregla_solo(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)
    ruta_de(tomar(v, folio), "oficio").write_bytes(b"otro")

    (problema,) = revisar(v, [], reparar=True)

    assert (problema.folio, "cambió después de asentarse" in problema.mensaje) == (folio, True)


@pytest.mark.parametrize(
    ("donde", "mensaje"),
    [
        ("expedientes/2026/Fotos de Lupita", "no es un expediente; apártelo"),
        ("expedientes/2026/EB-2026-0099", "le faltan sus revisiones"),
        ("expedientes/2026/.tmp-abc", "resto de una orden interrumpida"),
    ],
)
def test_una_carpeta_extrana_nunca_se_salta_en_silencio(
    donde: str, mensaje: str, ventanilla: Abridor, oficina: Path
) -> None:
    (oficina / donde).mkdir(parents=True)
    os.utime(oficina / donde, (0, 0))

    problemas = revisar(ventanilla(), [])

    assert any(mensaje in problema.mensaje for problema in problemas)


@pytest.mark.parametrize(
    ("fichero", "antes", "despues", "mensaje"),
    [
        ("procedimientos/estrella-blanca.yaml", "sigue: elaborar", "sigue: elavorar",
         "¿Quiso decir «elaborar»"),
        ("procedimientos/estrella-blanca.yaml", "firma: direccion", "firma: direcion", "direcion"),
        ("procedimientos/reporte-servicio.yaml", "libro: UGSRP", "libro: UGSPR",
         "¿Quiso decir «UGSRP»"),
        ("catalogos/areas.yaml", "clave: alcantarillado", "clave: agua_potable", "está repetida"),
        ("inhabiles/2026.yaml", "'2026-05-01'", "'2026-05-41'", "la fecha no existe"),
        ("informes/estrella-blanca.yaml", "renglones:", "renglon:", "¿Quiso decir «renglones»"),
    ],
)  # fmt: skip
def test_un_ajuste_mal_escrito_se_halla_antes_de_necesitarlo(
    fichero: str, antes: str, despues: str, mensaje: str, ventanilla: Abridor, oficina: Path
) -> None:
    escrito = (oficina / fichero).read_text(encoding="utf-8")
    assert escrito.count(antes) >= 1
    (oficina / fichero).write_text(escrito.replace(antes, despues, 1), encoding="utf-8")

    problemas = revisar(ventanilla(), [])

    assert any(mensaje in problema.mensaje for problema in problemas)


def test_un_calendario_que_no_se_llama_como_su_anio_se_dice(
    ventanilla: Abridor, oficina: Path
) -> None:
    calendarios = oficina / "inhabiles"
    (calendarios / "2027.yaml").rename(calendarios / "2027 viejo.yaml")

    (problema,) = revisar(ventanilla(), [])

    assert "el nombre del fichero debe ser el año" in problema.mensaje


def test_un_caso_malo_no_esconde_a_los_demas(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    malo, otro = autorizada(v), autorizada(v)
    carpeta = tomar(v, malo).carpeta
    for revision in (carpeta / ".revisiones").iterdir():
        (revision / "expediente.yaml").write_text("[", encoding="utf-8")
    ruta_de(tomar(v, otro), "oficio").unlink()

    folios = {problema.folio for problema in revisar(v, [])}

    assert {malo, otro} <= folios
