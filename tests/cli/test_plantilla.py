"""Las órdenes de plantilla, tecleadas: lo que ve la auxiliar y lo que lee un guion."""

from pathlib import Path

import docx
import pytest

from tests.cli.oficinista import abrir_viaje, llevar_a, objeto
from tests.conftest import Correr

OFICIO = "oficio-estrella-blanca.docx"


def anadir(oficina: Path, texto: str) -> None:
    """Añade un párrafo al oficio, como quien lo edita en Word."""
    ruta = oficina / "plantillas" / OFICIO
    documento = docx.Document(str(ruta))
    documento.add_paragraph(texto)
    documento.save(str(ruta))


def test_el_listado_dice_quien_emite_cada_una_y_cual_tiene_alguien_abierta(
    correr: Correr, oficina: Path
) -> None:
    (oficina / "plantillas" / f"~${OFICIO[2:]}").write_bytes(b"ana")
    (oficina / "plantillas" / "prevencion.docx").unlink()

    corrida = correr("plantilla", "listar")

    renglones = {x.split()[0]: x for x in corrida.stdout.splitlines()}
    assert corrida.codigo == 0
    assert "estrella-blanca/oficio" in renglones[OFICIO] and renglones[OFICIO].endswith("bien")
    assert renglones["prevencion.docx"].endswith("no está")
    assert " informe bajas-del-dia " in renglones["informe-atendidos.docx"]
    assert "Falta: prevencion.docx." in corrida.stderr
    assert f"Alguien la tiene abierta: {OFICIO}." in corrida.stderr


def test_los_campos_se_ensenan_por_grupos_con_su_ejemplo(correr: Correr) -> None:
    corrida = correr("plantilla", "campos", OFICIO)

    dicho = corrida.stdout
    assert corrida.codigo == 0
    assert "{{ beneficiario.nombre_completo }}" in dicho and "María Guadalupe Hernández" in dicho
    assert "{%p for uno in acompanantes %} … {%p endfor %}" in dicho
    assert "{{ fecha_viaje.con_dia }}" in dicho and "{{ 1500.1|importe }}" in dicho
    assert "observaciones_salud" not in dicho


def test_revisar_dice_la_plantilla_el_lugar_y_que_quiso_decir(
    correr: Correr, oficina: Path
) -> None:
    anadir(oficina, "Se llama {{ beneficiario.nombe }}.")

    corrida = correr("plantilla", "revisar", OFICIO)
    [problema] = objeto(correr("plantilla", "revisar", "--todas", "--json"))["problemas"]

    assert (corrida.codigo, corrida.stderr) == (1, "1 problema.\n")
    assert corrida.stdout == f"{problema['mensaje']}\n"
    assert corrida.stdout == (
        f"Plantilla {OFICIO}, {problema['lugar']}: no conozco «beneficiario.nombe». "
        "¿Quiso decir «beneficiario.nombres»?\n"
    )
    assert problema["plantilla"] == OFICIO
    assert problema["etiqueta"] == "{{ beneficiario.nombe }}"


def test_las_de_fabrica_estan_bien(correr: Correr) -> None:
    assert correr("plantilla", "revisar", "--todas") == (0, "Sin problemas.\n", "")


def test_con_avisos_no_se_dice_que_no_hay_nada_y_se_dice_si_esta_abierta(
    correr: Correr, oficina: Path
) -> None:
    anadir(oficina, "{{ fecha_cita }}")
    (oficina / "plantillas" / f"~${OFICIO[2:]}").write_bytes(b"ana")

    corrida = correr("plantilla", "revisar", OFICIO)

    assert (corrida.codigo, corrida.stdout) == (0, "Sin problemas; 1 aviso.\n")
    assert f"Abierta en Word: {OFICIO}." in corrida.stderr


def test_probar_deja_los_borradores_en_la_carpeta_que_se_diga(
    correr: Correr, oficina: Path
) -> None:
    corrida = correr("plantilla", "probar", OFICIO, "--salida", "aqui", "--fecha", "2026-12-24")

    [fichero] = (oficina / "aqui").iterdir()
    assert corrida == (0, f"aqui/{fichero.name}\n", "")
    dice = "\n".join(parrafo.text for parrafo in docx.Document(str(fichero)).paragraphs)
    assert "a 24 de diciembre de 2026" in dice and "BORRADOR" in dice


def test_probar_con_una_lista_llena_una_por_expediente(correr: Correr, oficina: Path) -> None:
    folios = [abrir_viaje(correr), abrir_viaje(correr)]
    llevar_a(correr, folios[1], "entregar")
    antes = (oficina / "expedientes/2026" / folios[0] / "expediente.yaml").read_bytes()

    corrida = correr("plantilla", "probar", OFICIO, "-", stdin="\n".join([*folios, "EB-2026-99"]))

    assert corrida.codigo == 1
    assert len(corrida.stdout.splitlines()) == 2
    assert "No existe el expediente EB-2026-0099" in corrida.stderr
    assert (oficina / "expedientes/2026" / folios[0] / "expediente.yaml").read_bytes() == antes
    assert {x.name for x in (oficina / "pruebas").iterdir()} == {
        f"{folio}_oficio_BORRADOR.docx" for folio in folios
    }


def test_una_prueba_que_no_se_llena_lo_dice_con_su_codigo(correr: Correr, oficina: Path) -> None:
    anadir(oficina, "{{ fecha_del_acta }}")

    corrida = correr("plantilla", "probar", OFICIO)
    [prueba] = objeto(correr("plantilla", "probar", OFICIO, "--json"))["pruebas"]

    assert (corrida.codigo, corrida.stdout) == (65, "")
    assert "falta «fecha_del_acta»" in corrida.stderr
    assert (prueba["ok"], prueba["fichero"]) == (False, None)


@pytest.mark.parametrize(
    ("orden", "codigo", "dicho"),
    [
        (("probar",), 2, "Diga qué plantilla, o --todas."),
        (("probar", OFICIO, "--todas"), 2, "Diga qué plantilla, o --todas."),
        (("revisar", OFICIO, "--todas"), 2, "no las dos cosas"),
        (
            ("revisar", "ofisio-estrella-blanca.docx"),
            66,
            "¿Quiso decir «oficio-estrella-blanca.docx»?",
        ),
        (("campos", "../oficina.yaml"), 66, "No hay ningún documento ni plantilla"),
        (("probar", "acuse", "--procedimiento", "nada"), 66, "No existe el procedimiento"),
        (("probar", "caratula", "EB-2026-0001"), 2, "no se llena con un expediente"),
        (("probar", OFICIO, "EB-2026-0001", "--datos", "largos"), 2, "quite --datos"),
    ],
)
def test_lo_mal_pedido_se_dice(
    orden: tuple[str, ...], codigo: int, dicho: str, correr: Correr
) -> None:
    corrida = correr("plantilla", *orden)

    assert corrida.codigo == codigo
    assert dicho in corrida.stderr
