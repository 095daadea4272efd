"""Lo archivado se comprueba solo: con el programa, sin él, y con otra herramienta."""

import csv
import io
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import bagit
import pytest

from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste, NoPermitido
from expediente.operaciones.archivo import archivar, concluidos_antes, destino_de, verificar
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import anexar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    concluida,
    documento,
    ficheros,
    por_autorizar,
    ruta_de,
    texto_de_word,
)

BOLSA = "DIFM/1S.2/2026/EB-2026-0001"


@pytest.fixture
def unidad(tmp_path: Path) -> Path:
    """La unidad compartida."""
    carpeta = tmp_path / "unidad"
    carpeta.mkdir()
    return carpeta


def archivado(v: Ventanilla, unidad: Path) -> Path:
    """La bolsa de una solicitud concluida, con un anexo."""
    folio = concluida(v)
    foto = unidad.parent / "INE de Ana.JPG"
    foto.write_bytes(b"\xff\xd8 una foto")
    anexar(v, folio, [foto])
    archivar(v, folio, unidad)
    return unidad / BOLSA


def test_la_bolsa_la_da_por_buena_otra_herramienta(ventanilla: Abridor, unidad: Path) -> None:
    bolsa = archivado(ventanilla(), unidad)

    assert bagit.Bag(str(bolsa)).is_valid()


def test_la_bolsa_lleva_todo_el_caso(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()

    bolsa = archivado(v, unidad)

    carpeta = tomar(v, "EB-2026-0001").carpeta
    guardados = ficheros(bolsa / "data")
    for relativa in ("documentos/oficio-DIF-DG-0001-2026.docx", "anexos/anexo-0001.jpg"):
        assert guardados[relativa] == (carpeta / relativa).read_bytes()
    assert {"expediente.yaml", "indice.csv", "caratula.docx"} <= set(guardados)


def test_el_indice_dice_que_hay_y_cuando_llego(ventanilla: Abridor, unidad: Path) -> None:
    bolsa = archivado(ventanilla(), unidad)

    escrito = (bolsa / "data" / "indice.csv").read_text(encoding="utf-8-sig")

    renglones = list(csv.DictReader(io.StringIO(escrito)))
    assert [(r["tipo"], r["descripcion"], r["fichero"]) for r in renglones] == [
        ("Oficio de descuento", "DIF/DG/0001/2026", "documentos/oficio-DIF-DG-0001-2026.docx"),
        ("Anexo", "Recibido", "anexos/anexo-0001.jpg"),
    ]


def test_la_caratula_lleva_clasificacion_y_vigencias(ventanilla: Abridor, unidad: Path) -> None:
    bolsa = archivado(ventanilla(), unidad)

    dice = texto_de_word((bolsa / "data" / "caratula.docx").read_bytes())

    assert "DIFM/1S.2/0001/2026" in dice and "1 año" in dice and "2 años" in dice
    assert "Ana María" not in dice


def test_ni_la_ruta_ni_la_ficha_de_la_bolsa_llevan_nombres(
    ventanilla: Abridor, unidad: Path
) -> None:
    bolsa = archivado(ventanilla(), unidad)

    rutas = "\n".join(ficheros(unidad))
    ficha = (bolsa / "bag-info.txt").read_text(encoding="utf-8")

    assert not [p for p in ("Ana", "Nuñez", "INE") if p in rutas + ficha]


def test_verificar_recien_archivado_no_halla_nada(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()
    archivado(v, unidad)

    con_oficina, a_solas = verificar(v, unidad), verificar(None, unidad)

    assert (con_oficina.integras, con_oficina.problemas) == (1, ())
    assert a_solas == con_oficina


def test_un_bit_volteado_en_cualquier_fichero_se_halla(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()
    bolsa = archivado(v, unidad)
    sin_hallar = []

    for relativa, sano in ficheros(bolsa).items():
        ruta = bolsa / relativa
        ruta.write_bytes(bytes([sano[0] ^ 1]) + sano[1:])
        if not verificar(v, unidad).problemas:
            sin_hallar.append(relativa)
        ruta.write_bytes(sano)

    assert sin_hallar == []
    assert verificar(v, unidad).problemas == ()


def test_un_fichero_que_falta_en_cualquier_lugar_se_halla(
    ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    bolsa = archivado(v, unidad)
    sin_hallar = []

    for relativa, sano in ficheros(bolsa).items():
        (bolsa / relativa).unlink()
        for quien in (v, None):
            try:
                hallado = bool(verificar(quien, unidad).problemas)
            except NoExiste:
                hallado = True
            if not hallado:
                sin_hallar.append((relativa, quien))
        (bolsa / relativa).write_bytes(sano)

    assert sin_hallar == []


def test_un_fichero_de_mas_se_halla(ventanilla: Abridor, unidad: Path) -> None:
    bolsa = archivado(ventanilla(), unidad)
    (bolsa / "data" / "de otro.txt").write_bytes(b"x")

    (problema,) = verificar(None, unidad).problemas

    assert problema == (BOLSA, "data/de otro.txt: sobra; no está en las sumas.")


def test_una_bolsa_rehecha_con_sus_sumas_la_delata_el_expediente(
    ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    bolsa = archivado(v, unidad)
    (bolsa / "data" / "anexos" / "anexo-0001.jpg").write_bytes(b"otra foto")
    rehacer_sumas(bolsa, "manifest-sha256.txt")
    rehacer_sumas(bolsa, "tagmanifest-sha256.txt")

    (problema,) = verificar(v, unidad).problemas

    assert verificar(None, unidad).problemas == ()
    assert problema == (BOLSA, "sus sumas se rehicieron: no son las que el expediente asentó.")


def test_un_archivo_vacio_no_esta_verificado(ventanilla: Abridor, unidad: Path) -> None:
    with pytest.raises(NoExiste, match="no hay ninguna bolsa; no se verificó nada"):
        verificar(ventanilla(), unidad)


def test_una_unidad_desconectada_no_esta_verificada(ventanilla: Abridor, unidad: Path) -> None:
    with pytest.raises(NoExiste, match="no está conectada"):
        verificar(ventanilla(), unidad / "no-esta")


def test_una_bolsa_que_el_expediente_recuerda_y_no_esta_se_halla(
    ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    bolsa = archivado(v, unidad)
    bolsa.rename(unidad.parent / "llevada a casa")

    assert verificar(v, unidad).problemas == (
        (BOLSA, "el expediente dice que está aquí y no está."),
    )


def test_archivar_otra_vez_no_cambia_nada(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()
    archivado(v, unidad)
    antes = ficheros(unidad)

    otra = archivar(v, "EB-2026-0001", unidad)

    assert otra.aviso == "Ya estaba archivado."
    assert ficheros(unidad) == antes


def test_si_se_apago_antes_de_marcarlo_la_misma_bolsa_vale(
    ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    bolsa = archivado(v, unidad)
    caso = tomar(v, "EB-2026-0001").carpeta
    shutil.rmtree(sorted((caso / ".revisiones").iterdir())[-1])
    (caso / "expediente.yaml").unlink()
    antes = ficheros(bolsa)

    hecho = archivar(v, "EB-2026-0001", unidad)

    assert hecho.situacion == "archivado"
    assert ficheros(bolsa) == antes


def test_una_bolsa_ajena_con_el_mismo_nombre_no_se_pisa(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()
    folio = concluida(v)
    ajena = unidad / BOLSA
    ajena.mkdir(parents=True)
    (ajena / "apuntes.txt").write_bytes(b"de otro")

    with pytest.raises(DatosInvalidos, match=r"no es la misma.*apártela y repita la orden"):
        archivar(v, folio, unidad)

    assert ficheros(ajena) == {"apuntes.txt": b"de otro"}
    assert tomar(v, folio).estado.situacion == "concluido"


@pytest.mark.parametrize("mal", ["cambiado", "borrado"])
def test_un_documento_que_ya_no_es_el_asentado_impide_archivar(
    mal: str, ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    folio = concluida(v)
    oficio = ruta_de(tomar(v, folio), "oficio")
    if mal == "cambiado":
        oficio.write_bytes(oficio.read_bytes() + b" ")
    else:
        oficio.unlink()

    with pytest.raises(DatosInvalidos, match=r"documentos/oficio-DIF-DG-0001-2026.docx"):
        archivar(v, folio, unidad)

    assert ficheros(unidad) == {}
    assert tomar(v, folio).estado.situacion == "concluido"


@pytest.mark.parametrize("preparar", [por_autorizar, autorizada])
def test_lo_que_sigue_en_tramite_no_se_archiva(
    preparar: Callable[[Ventanilla], str], ventanilla: Abridor, unidad: Path
) -> None:  # fmt: skip
    v = ventanilla()

    with pytest.raises(NoPermitido, match="sigue en trámite"):
        archivar(v, preparar(v), unidad)

    assert ficheros(unidad) == {}


def test_lo_cancelado_se_archiva_sin_el_borrador_que_ya_no_vale(
    ventanilla: Abridor, unidad: Path
) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    asentar_evento(v, folio, "cancelar", Dicho("Se capturó dos veces."))

    archivar(v, folio, unidad)

    assert documento(v, folio).motivo == "Se capturó dos veces."
    assert not [nombre for nombre in ficheros(unidad / BOLSA) if "BORRADOR" in nombre]


def test_a_lo_archivado_ya_no_se_le_anexa(
    ventanilla: Abridor, unidad: Path, tmp_path: Path
) -> None:
    v = ventanilla()
    archivado(v, unidad)
    tarde = tmp_path / "tarde.pdf"
    tarde.write_bytes(b"%PDF")

    with pytest.raises(NoPermitido, match="no llegaría a su bolsa"):
        anexar(v, "EB-2026-0001", [tarde])


def test_simular_dice_a_donde_iria_y_no_deja_nada(ventanilla: Abridor, unidad: Path) -> None:
    v = ventanilla()
    folio = concluida(v)

    hecho = archivar(v, folio, unidad, simular=True)

    assert [Path(d).as_posix() for d in hecho.documentos] == [BOLSA]
    assert ficheros(unidad) == {} and tomar(v, folio).estado.situacion == "concluido"


def test_concluidos_antes_no_incluye_el_dia_ni_lo_archivado(
    ventanilla: Abridor, unidad: Path
) -> None:
    jueves = concluida(ventanilla("2026-11-19 12:00"))
    concluida(ventanilla("2026-11-20 09:00"))
    archivado_ya = concluida(ventanilla("2026-11-18 12:00"))
    v = ventanilla("2026-11-20 12:00")
    archivar(v, archivado_ya, unidad)

    assert concluidos_antes(v, "2026-11-20") == [jueves]


def test_sin_destino_se_pide(ventanilla: Abridor) -> None:
    with pytest.raises(ErrorUso, match="--destino CARPETA"):
        destino_de(ventanilla(), None)


def rehacer_sumas(bolsa: Path, manifiesto: str) -> None:
    """Escribe en el manifiesto las sumas de lo que hay ahora, como quien tapa un cambio."""
    nombres = [r.split(maxsplit=1)[1] for r in (bolsa / manifiesto).read_text().splitlines()]
    sumas = [(sha256((bolsa / nombre).read_bytes()).hexdigest(), nombre) for nombre in nombres]
    (bolsa / manifiesto).write_text("".join(f"{suma}  {nombre}\n" for suma, nombre in sumas))
