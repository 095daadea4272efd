"""Lo que llega por la ventanilla se vuelve expediente, y lo malo no deja rastro."""

from pathlib import Path

import pytest

from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from tests.operaciones.tramites import VIAJE, Abridor, ficheros


def test_el_primero_del_anio_es_el_uno_y_siguen(ventanilla: Abridor) -> None:
    v = ventanilla()

    folios = [abrir(v, Solicitud("estrella-blanca")).folio for _ in range(3)]
    otro = abrir(v, Solicitud("reporte-servicio")).folio

    assert folios == ["EB-2026-0001", "EB-2026-0002", "EB-2026-0003"]
    assert otro == "RS-2026-0001"


def test_el_anio_del_folio_es_el_de_cuando_llego(ventanilla: Abridor) -> None:
    v = ventanilla("2027-01-04 09:00")

    folio = abrir(v, Solicitud("estrella-blanca", recibido="2026-12-18 10:00")).folio

    assert folio == "EB-2026-0001"


def test_los_datos_se_guardan_en_su_forma(ventanilla: Abridor) -> None:
    v = ventanilla()
    datos = {
        "destino": "torreón",
        "fecha_viaje": "25/11/2026",
        "beneficiario.telefono": "(871) 155-0199",
    }

    folio = abrir(v, Solicitud("estrella-blanca", datos)).folio

    assert tomar(v, folio).estado.datos == {
        "destino": "torreon",
        "fecha_viaje": "2026-11-25",
        "beneficiario.telefono": "8711550199",
    }


def test_al_abrir_no_se_exigen_datos(ventanilla: Abridor) -> None:
    hecho = abrir(ventanilla(), Solicitud("estrella-blanca"))

    assert (hecho.pasos, hecho.situacion) == (("registrar",), "en_tramite")


def test_recuerda_el_canal_y_si_no_se_dice_es_el_mostrador(ventanilla: Abridor) -> None:
    v = ventanilla()

    uno = abrir(v, Solicitud("estrella-blanca", canal="Correo electrónico")).folio
    otro = abrir(v, Solicitud("estrella-blanca")).folio

    assert tomar(v, uno).estado.canal == "correo"
    assert tomar(v, otro).estado.canal == "mostrador"


@pytest.mark.parametrize(
    ("solicitud", "clase", "mensaje"),
    [
        (Solicitud("estrela-blanca"), NoExiste, "¿Quiso decir «estrella-blanca»"),
        (Solicitud("estrella-blanca", {"destinos": "x"}), NoExiste, "¿Quiso decir «destino»"),
        (
            Solicitud("estrella-blanca", {"destino": "Toreón"}),
            DatosInvalidos,
            "¿Quiso decir «Torreón»",
        ),
        (Solicitud("estrella-blanca", canal="paloma"), DatosInvalidos, "El canal no está"),
        (
            Solicitud("estrella-blanca", requisitos=("carne",)),
            NoExiste,
            "¿Quiso decir «carnet»",
        ),
        (
            Solicitud("estrella-blanca", recibido="2026-11-20 12:01"),
            DatosInvalidos,
            "«recibido»: esa fecha y hora todavía no llega",
        ),
        (
            Solicitud("estrella-blanca", {**VIAJE, "fecha_regreso": "2026-11-24"}),
            DatosInvalidos,
            "regreso es anterior",
        ),
    ],
)
def test_lo_que_no_sirve_no_toma_folio(
    solicitud: Solicitud, clase: type[Exception], mensaje: str, ventanilla: Abridor, oficina: Path
) -> None:
    with pytest.raises(clase, match=mensaje):
        abrir(ventanilla(), solicitud)

    assert ficheros(oficina / "expedientes") == {}


def test_simular_dice_que_haria_y_no_deja_nada(ventanilla: Abridor, oficina: Path) -> None:
    antes = ficheros(oficina)

    hecho = abrir(ventanilla(), Solicitud("estrella-blanca"), simular=True)

    assert (hecho.folio, hecho.pasos) == ("EB-2026-(por dar)", ("registrar",))
    assert ficheros(oficina) == antes


def test_una_carpeta_ajena_con_el_folio_que_sigue_no_se_pisa(
    ventanilla: Abridor, oficina: Path
) -> None:
    ajena = oficina / "expedientes" / "2026" / "EB-2026-0001"
    ajena.mkdir(parents=True)
    (ajena / "foto.jpg").write_bytes(b"de otro")

    folio = abrir(ventanilla(), Solicitud("estrella-blanca")).folio

    assert folio == "EB-2026-0002"
    assert (ajena / "foto.jpg").read_bytes() == b"de otro"


def test_el_caso_guarda_la_version_con_que_nacio(ventanilla: Abridor, oficina: Path) -> None:
    folio = abrir(ventanilla(), Solicitud("estrella-blanca", VIAJE)).folio
    fichero = oficina / "procedimientos" / "estrella-blanca.yaml"
    cambiado = fichero.read_text(encoding="utf-8").replace("version: '1'", "version: '2'")
    fichero.write_text(cambiado.replace("sigue: reunir-requisitos", "sigue: elaborar"), "utf-8")

    v = ventanilla()

    assert tomar(v, folio).procedimiento.version == "1"
    nuevo = abrir(v, Solicitud("estrella-blanca")).folio
    assert tomar(v, nuevo).procedimiento.version == "2"


def test_cambiar_la_regla_sin_cambiar_su_version_se_rechaza(
    ventanilla: Abridor, oficina: Path
) -> None:
    abrir(ventanilla(), Solicitud("estrella-blanca"))
    fichero = oficina / "procedimientos" / "estrella-blanca.yaml"
    fichero.write_text(fichero.read_text(encoding="utf-8") + "\n# otra\n", "utf-8")

    with pytest.raises(DatosInvalidos, match="Póngale otra versión"):
        abrir(ventanilla(), Solicitud("estrella-blanca"))


def test_lo_que_produce_el_paso_de_apertura_se_cumple_al_abrir(
    ventanilla: Abridor, oficina: Path
) -> None:
    fichero = oficina / "procedimientos" / "reporte-servicio.yaml"
    escrito = fichero.read_text(encoding="utf-8")
    recibir, con_numero = "    sigue: registrar", "    asigna: numero_reporte\n    sigue: registrar"
    assert escrito.count(recibir) == 1
    fichero.write_text(escrito.replace(recibir, con_numero), "utf-8")
    v = ventanilla()

    hecho = abrir(v, Solicitud("reporte-servicio"))

    estado = tomar(v, hecho.folio).estado
    assert estado.datos["numero_reporte"] == "R-2026-0001"
    assert not estado.tiene_efectos_pendientes


def test_un_catalogo_roto_no_estorba_a_quien_no_lo_usa(ventanilla: Abridor, oficina: Path) -> None:
    (oficina / "catalogos" / "tipos-servicio.yaml").write_text("opciones: {", "utf-8")

    abierto = abrir(ventanilla(), Solicitud("estrella-blanca", VIAJE))

    assert abierto.folio == "EB-2026-0001"
