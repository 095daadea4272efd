"""Lo que se revisa de un caso: cada mal se halla, y un caso sano no da ninguno."""

from dataclasses import replace

import pytest

from expediente.nucleo.caso import Caso
from expediente.nucleo.revision import Hallado, problemas_del_caso
from tests.nucleo.test_encabezado import encabezado
from tests.nucleo.tramite import REQUISITOS, VIAJE, autorizado, nueva, solicitud

SUMA, OTRA = "a" * 64, "b" * 64
CARTA = "documentos/oficio-DIF-DG-0001-2026.docx"
FOTO = "anexos/anexo-0001.jpg"


def sano() -> Hallado:
    """Un caso con oficio y anexo, tal como debe estar en el disco."""
    tramite = autorizado()
    emitido = {"clave": "oficio", "estado": "emitido", "fichero": CARTA, "sha256": SUMA}
    tramite.asentar(replace(nueva("documento", "2026-11-20 11:00"), documentos=(emitido,)))
    foto = {"fichero": FOTO, "original": "foto.jpg", "sha256": SUMA}
    tramite.asentar(replace(nueva("anexo", "2026-11-20 11:00"), anexos=(foto,)))
    escrito = encabezado(tramite)
    caso = Caso(tramite.folio, "estrella-blanca", "1", 5, tramite.actuaciones, escrito)
    nombres = ("expediente.yaml",)
    return Hallado(caso, tramite.estado, escrito, {CARTA: SUMA, FOTO: SUMA}, nombres)


def dichos(hallado: Hallado) -> list[str]:
    """Lo que se dice de ese caso."""
    return [problema.mensaje for problema in problemas_del_caso(hallado)]


def test_un_caso_sano_no_tiene_problemas() -> None:
    assert dichos(sano()) == []


def test_cada_problema_dice_de_que_expediente_es() -> None:
    (problema,) = problemas_del_caso(replace(sano(), sumas={CARTA: OTRA, FOTO: SUMA}))

    assert problema.folio == "EB-2026-0001"


@pytest.mark.parametrize("fichero", [CARTA, FOTO])
def test_halla_un_fichero_cambiado_y_uno_que_falta(fichero: str) -> None:
    hallado = sano()
    sin_el = {f: suma for f, suma in hallado.sumas.items() if f != fichero}

    cambiado = dichos(replace(hallado, sumas={**hallado.sumas, fichero: OTRA}))
    faltante = dichos(replace(hallado, sumas=sin_el))

    assert cambiado == [f"su fichero {fichero} cambió después de asentarse."]
    assert faltante == [f"falta su fichero {fichero}; recupérelo del respaldo."]


@pytest.mark.parametrize("llave", ["situacion", "pasos", "vence", "huella"])
def test_halla_un_encabezado_que_no_resulta_de_la_historia(llave: str) -> None:
    hallado = sano()
    falso = {**hallado.caso.encabezado, llave: "otra cosa"}

    dicho = dichos(replace(hallado, caso=replace(hallado.caso, encabezado=falso)))

    assert dicho == [f"su «{llave}» no es lo que resulta de sus actuaciones."]


@pytest.mark.parametrize(
    "nombre",
    [
        "expediente (copia en conflicto de LUPITA 2026-11-20).yaml",
        "expediente-conflicto.yaml",
        "expediente (1).yaml",
        "notas (Conflicted copy).txt",
    ],
)
def test_halla_las_copias_que_deja_la_nube(nombre: str) -> None:
    (dicho,) = dichos(replace(sano(), nombres=("expediente.yaml", nombre)))

    assert nombre in dicho and "compárela y apártela" in dicho


def test_avisa_si_alguien_tiene_abierto_un_fichero() -> None:
    (dicho,) = dichos(replace(sano(), nombres=("expediente.yaml", "~$cio.docx")))

    assert "alguien tiene abierto" in dicho


def test_halla_lo_que_un_apagon_dejo_a_medias() -> None:
    tramite = solicitud().dar(datos=VIAJE).dar(requisitos=REQUISITOS)
    tramite.asentar(replace(nueva("avance", "2026-11-20 11:00"), paso="elaborar"))

    (dicho,) = dichos(replace(sano(), estado=tramite.estado))

    assert dicho.endswith("expediente oficio emitir EB-2026-0001")
