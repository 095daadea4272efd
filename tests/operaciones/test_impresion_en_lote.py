"""Imprimir de una vez lo de muchos expedientes: sin tomar números ni cambiar nada."""

from pathlib import Path

import docx
import pytest

from expediente.almacen.libro import asientos
from expediente.nucleo.avance import Peticion
from expediente.nucleo.errores import EstaAbierto, NoPermitido
from expediente.operaciones.archivo import archivar
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.impresion_en_lote import Pedido, imprimir_lote, reunir
from expediente.operaciones.oficios import cancelar_numero, emitir
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.revisar import revisar
from tests.conftest import Correr
from tests.documentos.test_pdf import BIEN, PDF, SIN_GUIONES, Falso, falso
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    concluida,
    ficheros,
    por_autorizar,
    por_elaborar,
    ruta_de,
)

__all__ = ["falso"]  # la fixture del soffice falso
AUTORIZAR = ("avanzar", "-", "--resultado", "autoriza", "--por", "directora")


def numeros_en(ruta: Path) -> list[str]:
    """Los números de oficio de un fichero junto, en el orden de sus hojas."""
    celdas = [c.text for t in docx.Document(str(ruta)).tables for f in t.rows for c in f.cells]
    return [c for c in celdas if c.startswith("DIF/DG/")]


def test_las_cartas_de_la_manana_salen_juntas_en_su_orden(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    folios = [por_autorizar(ventanilla()) for _ in range(3)]
    lista = "\n".join([folios[2], "EB-2026-0099", folios[0], folios[1]])

    corrida = correr(*AUTORIZAR, "--juntar", tmp_path / "cartas.docx", stdin=lista)

    assert corrida.codigo == 1 and "3 hechos, 1 con problema." in corrida.stderr
    assert f"Para imprimir: {tmp_path / 'cartas.docx'}" in corrida.stdout
    assert numeros_en(tmp_path / "cartas.docx") == [f"DIF/DG/000{n}/2026" for n in (3, 1, 2)]


def test_volver_a_imprimir_no_toma_numeros_ni_cambia_nada(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    uno, otro = autorizada(v), autorizada(v)
    antes = ficheros(v.raiz)

    corrida = correr(
        "oficio", "imprimir", "DIF/DG/0002/2026", uno.lower(), "--juntar", tmp_path / "j.docx"
    )

    assert corrida.codigo == 0 and otro in corrida.stdout
    assert ficheros(v.raiz) == antes and len(list(asientos(v.raiz))) == 2
    assert numeros_en(tmp_path / "j.docx") == ["DIF/DG/0002/2026", "DIF/DG/0001/2026"]


def test_de_un_expediente_se_imprime_lo_vigente_o_lo_que_se_pida(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = canalizado(v)

    todos, uno = reunir(v, folio), reunir(v, folio, "acuse")

    assert [r.name for r in todos.ficheros] == ["acuse.docx", "orden-turno.docx"]
    assert [r.name for r in uno.ficheros] == ["acuse.docx"]


def test_lo_cancelado_y_lo_reservado_no_se_imprimen_con_su_folio(ventanilla: Abridor) -> None:
    v = ventanilla()
    cancelado, reservado = autorizada(v), por_autorizar(v)
    cancelar_numero(v, "DIF/DG/0001/2026", "Cambió la cita.")

    for folio in (cancelado, reservado):
        with pytest.raises(NoPermitido, match="no hay documento emitido"):
            reunir(v, folio)
    borrador = reunir(v, "DIF/DG/0002/2026")
    assert borrador.ficheros[0].name.endswith("_BORRADOR.docx")


def test_el_fichero_junto_se_revisa_antes_de_hacer_nada(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    folio = por_autorizar(ventanilla())
    (tmp_path / "ya.docx").write_bytes(b"mio")
    antes = ficheros(ventanilla().raiz)

    codigos = [
        correr(*AUTORIZAR, "--juntar", tmp_path / cual, stdin=folio).codigo
        for cual in ("x.txt", "no hay/x.docx", "ya.docx")
    ]

    assert codigos == [2, 66, 2]
    assert ficheros(ventanilla().raiz) == antes
    assert (tmp_path / "ya.docx").read_bytes() == b"mio"
    assert correr("oficio", "imprimir", folio).codigo == 2


@SIN_GUIONES
def test_cada_emitido_lleva_su_pdf_y_el_borrador_no(
    correr: Correr, ventanilla: Abridor, falso: Falso
) -> None:
    falso(BIEN)
    folio = por_elaborar(ventanilla())

    borrador = correr("avanzar", folio, "--pdf")
    emitido = correr("avanzar", folio, "--resultado", "autoriza", "--por", "directora", "--pdf")

    assert borrador.codigo == 1 and "es un borrador" in borrador.stderr
    assert emitido.codigo == 0
    (suyo,) = (tomar(ventanilla(), folio).carpeta / "documentos").glob("*.pdf")
    assert suyo.name == "oficio-DIF-DG-0001-2026.pdf" and suyo.read_bytes() == PDF
    assert revisar(ventanilla(), [folio]) == []


@SIN_GUIONES
def test_el_pdf_se_archiva_con_su_documento(
    ventanilla: Abridor, tmp_path: Path, falso: Falso
) -> None:
    falso(BIEN)
    v = ventanilla()
    folio = concluida(v)
    imprimir_lote([reunir(v, folio)], Pedido(pdf=True))

    archivar(v, folio, tmp_path / "unidad")

    (guardado,) = (tmp_path / "unidad").rglob("*.pdf")
    assert guardado.read_bytes() == PDF


def test_sin_libreoffice_lo_emitido_queda_y_el_junto_sale_en_word(
    correr: Correr, ventanilla: Abridor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folios = [por_autorizar(ventanilla()) for _ in range(2)]
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("expediente.documentos.pdf._USUALES", {})

    corrida = correr(*AUTORIZAR, "--juntar", tmp_path / "c.pdf", stdin="\n".join(folios))

    assert corrida.codigo == 1 and "instale LibreOffice" in corrida.stderr
    assert "Lo pedido sí quedó asentado, con sus documentos de Word" in corrida.stderr
    otra = correr("oficio", "imprimir", *folios, "--pdf")
    assert otra.codigo == 66 and "sí quedó asentado" not in otra.stderr
    assert not (tmp_path / "c.pdf").exists() and len(numeros_en(tmp_path / "c.docx")) == 2
    v = ventanilla()
    assert {a.dice["estado"] for a in asientos(v.raiz)} == {"emitido"}


@SIN_GUIONES
def test_si_libreoffice_falla_no_queda_medio_pdf(
    ventanilla: Abridor, tmp_path: Path, falso: Falso
) -> None:
    falso('for d in $documentos; do printf "%%PDF-1.7 /Type/Page" > "$salida/${d%.docx}.pdf"; done')
    v = ventanilla()
    folio = autorizada(v)

    hecho = imprimir_lote([reunir(v, folio)], Pedido(pdf=True, juntar=tmp_path / "j.pdf"))

    assert hecho.codigo and len(hecho.problemas) == 2
    assert hecho.ficheros == (tmp_path / "j.docx",)
    assert not [*v.raiz.rglob("*.pdf"), *tmp_path.glob("*.pdf")]


def test_un_documento_danado_no_detiene_a_los_demas(ventanilla: Abridor, tmp_path: Path) -> None:
    v = ventanilla()
    buenos = [reunir(v, autorizada(v)) for _ in range(2)]
    malo = tmp_path / "malo.docx"
    malo.write_bytes(b"roto")
    resultados = [buenos[0], Resultado("EB-2026-0009", ficheros=(malo,)), buenos[1]]

    hecho = imprimir_lote(resultados, Pedido(juntar=tmp_path / "j.docx"))

    assert (hecho.codigo, [cual for cual, _ in hecho.problemas]) == (1, ["malo.docx"])
    assert len(numeros_en(tmp_path / "j.docx")) == 2


def test_simular_no_deja_fichero_junto(correr: Correr, ventanilla: Abridor, tmp_path: Path) -> None:
    folio = por_autorizar(ventanilla())

    corrida = correr(*AUTORIZAR, "--juntar", tmp_path / "j.docx", "--simular", stdin=folio)

    assert corrida.codigo == 0 and not (tmp_path / "j.docx").exists()


def test_un_borrador_abierto_en_word_no_se_pisa(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    borrador = ruta_de(tomar(v, folio), "oficio")
    borrador.with_name(f"~${borrador.name[2:]}").write_bytes(b"\x03MGL")
    avanzar(v, folio, Peticion(resultado="autoriza", por=v.oficina.persona("directora")))
    antes = ficheros(v.raiz)

    with pytest.raises(EstaAbierto, match="en Word por MGL; ciérrelo y repita"):
        asentar_evento(v, folio, "deshacer", Dicho("Se dio en otro folio."))

    assert ficheros(v.raiz) == antes


def test_lo_que_se_emite_con_el_borrador_abierto_lo_deja_y_despues_se_quita(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    borrador = ruta_de(tomar(v, folio), "oficio")
    aviso = borrador.with_name(f".~lock.{borrador.name}#")
    aviso.write_text(",Mario,mgl,pc;")

    hecho = avanzar(v, folio, Peticion(resultado="autoriza", por=v.oficina.persona("directora")))
    abierto, sobra = [x.mensaje for x in revisar(v, [folio])]
    queda = borrador.exists()
    aviso.unlink()
    solo_sobra = [x.mensaje for x in revisar(v, [folio])]
    limpio = revisar(v, [folio], reparar=True)

    assert hecho.aviso is not None and "en LibreOffice por Mario; ya no vale" in hecho.aviso
    assert queda and "está abierto en LibreOffice por Mario" in abierto
    assert f"sobra el borrador {borrador.name}" in sobra and solo_sobra == [sobra]
    assert limpio == [] and not borrador.exists()


def test_al_cancelar_una_reserva_se_quita_su_borrador_y_si_esta_abierto_se_avisa(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    uno, otro = por_autorizar(v), por_autorizar(v)
    de_uno, de_otro = (ruta_de(tomar(v, folio), "oficio") for folio in (uno, otro))
    de_otro.with_name(f"~${de_otro.name[2:]}").write_bytes(b"\x03MGL")

    callado = cancelar_numero(v, "DIF/DG/0001/2026", "Duplicado.")
    avisado = cancelar_numero(v, "DIF/DG/0002/2026", "Duplicado.")

    assert callado.aviso is None and not de_uno.exists()
    assert de_otro.exists() and "por MGL; ya no vale: que lo cierre" in (avisado.aviso or "")


def test_un_oficio_cancelado_no_se_imprime_y_dice_con_cual_se_repuso(ventanilla: Abridor) -> None:
    v = ventanilla()
    folio = autorizada(v)
    cancelar_numero(v, "DIF/DG/0001/2026", "Cambió la cita.")

    with pytest.raises(NoPermitido, match=r"0001/2026 está cancelado: Cambió la cita\.$"):
        reunir(v, "DIF/DG/0001/2026")
    emitir(v, folio, "oficio")
    with pytest.raises(NoPermitido, match="Se repuso con DIF/DG/0002/2026"):
        reunir(v, "DIF/DG/0001/2026")


def test_el_folio_y_el_numero_de_un_oficio_no_lo_imprimen_dos_veces(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    folio = autorizada(ventanilla())

    correr("oficio", "imprimir", folio, "DIF/DG/0001/2026", "--juntar", tmp_path / "j.docx")

    assert numeros_en(tmp_path / "j.docx") == ["DIF/DG/0001/2026"]


def test_al_archivar_se_avisa_lo_que_sigue_abierto_y_no_se_guarda_el_aviso(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    folio = concluida(v)
    carta = ruta_de(tomar(v, folio), "oficio")
    carta.with_name(f"~${carta.name[2:]}").write_bytes(b"\x03MGL")

    hecho = archivar(v, folio, tmp_path / "unidad")

    assert hecho.aviso and "está abierto en Word por MGL" in hecho.aviso
    assert not [r for r in (tmp_path / "unidad").rglob("*") if r.name.startswith("~$")]


def test_emitir_lo_que_quedo_pendiente_tambien_se_junta(
    correr: Correr, ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    folio = autorizada(v)
    cancelar_numero(v, "DIF/DG/0001/2026", "Cambió la cita.")

    corrida = correr(
        "oficio", "emitir", folio, "--documento", "oficio", "--juntar", tmp_path / "j.docx"
    )

    assert corrida.codigo == 0 and numeros_en(tmp_path / "j.docx") == ["DIF/DG/0002/2026"]
    assert emitir(v, folio).aviso == "No hay documentos pendientes."
