"""Quien captura se entera de que la persona ya pidió lo mismo; nadie une nada por su cuenta."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from expediente.almacen.reglas import procedimiento_vigente
from expediente.almacen.texto_yaml import cargar, escribir
from expediente.nucleo.avance import Peticion
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.duplicados import Parecido, aviso_de, marcar, parecidos
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import VIAJE, Abridor, concluida, ficheros

CURP = "PEGJ850315HDGRRN04"
REGLAS = [
    {
        "campos": ["beneficiario.curp", "destino"],
        "meses": "12",
        "mensaje": "La misma CURP ya pidió ese viaje.",
    },
    {"campos": ["beneficiario.nombre_completo", "domicilio.colonia"]},
]


def poner_reglas(oficina: Path, reglas: list[dict[str, object]], version: str = "1") -> None:
    """Deja en el descuento de pasaje esas reglas de duplicado y ninguna otra."""
    ruta = oficina / "procedimientos" / "estrella-blanca.yaml"
    mapa = cargar(ruta.read_text("utf-8"))
    ruta.write_text(escribir({**mapa, "version": version, "duplicados": reglas}), "utf-8")


@pytest.fixture
def con_reglas(oficina: Path) -> Path:
    """La oficina con las reglas de duplicado en el descuento de pasaje."""
    poner_reglas(oficina, REGLAS)
    return oficina


def viaje(v: Ventanilla, **cambios: str) -> str:
    """El folio de un viaje recién abierto y marcado; los campos llevan `__` por punto."""
    datos = datos_de_viaje(**cambios)
    folio = abrir(v, Solicitud("estrella-blanca", datos)).folio
    marcar(v, procedimiento_vigente(v.raiz, "estrella-blanca")[0], folio, datos)
    return folio


def datos_de_viaje(**cambios: str) -> dict[str, str]:
    """Los datos del viaje de la CURP de siempre."""
    propios = {clave.replace("__", "."): dato for clave, dato in cambios.items()}
    return {k: x for k, x in {**VIAJE, "beneficiario.curp": CURP, **propios}.items() if x}


def hallados(v: Ventanilla, propio: str | None = None, **cambios: str) -> list[Parecido]:
    """Los casos parecidos a un viaje con esos datos."""
    p, _ = procedimiento_vigente(v.raiz, "estrella-blanca")
    return parecidos(v, p, datos_de_viaje(**cambios), propio)


def test_el_mismo_viaje_de_la_misma_persona_se_avisa_con_su_folio(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla()
    folio = viaje(v)
    p, _ = procedimiento_vigente(v.raiz, "estrella-blanca")

    [parecido] = hallados(v, beneficiario__nombres="Otra")

    assert (parecido.folio, parecido.en_tramite) == (folio, True)
    assert aviso_de(p, [parecido]) == (
        "La misma CURP ya pidió ese viaje: vea EB-2026-0001, del 20 de noviembre de 2026 "
        "(en trámite)."
    )
    assert aviso_de(p, []) is None


def test_sin_curp_se_reconoce_por_el_nombre_aunque_se_escriba_distinto(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla()
    viaje(
        v, beneficiario__curp="", beneficiario__nombres="Ma. de la Luz", domicilio__colonia="Peña"
    )
    otra = {"beneficiario__curp": "", "beneficiario__nombres": "MARIA LUZ"}

    assert [x.por_que for x in hallados(v, domicilio__colonia="PEÑA", **otra)] == [
        "Coincide en Beneficiario: nombre completo, Domicilio: colonia o ejido."
    ]
    assert hallados(v, domicilio__colonia="Pena", **otra) == []
    assert hallados(v, domicilio__colonia="", **otra) == []


def test_ni_el_propio_caso_ni_otro_destino_son_parecidos(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla()
    folio = viaje(v)

    assert hallados(v, propio=folio) == []
    assert hallados(v, destino="saltillo", domicilio__colonia="Otra") == []


def test_lo_concluido_se_avisa_un_anio_y_lo_cancelado_nunca(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla("2026-11-20 12:00")
    marcas_de = datos_de_viaje()
    terminado = concluida(v, beneficiario__curp=CURP)
    p, _ = procedimiento_vigente(v.raiz, "estrella-blanca")
    marcar(v, p, terminado, marcas_de)
    asentar_evento(v, viaje(v), "cancelar", Dicho(nota="Se capturó dos veces."))

    assert [x.folio for x in hallados(v)] == [terminado]
    assert [x.folio for x in hallados(ventanilla("2027-11-20 12:00"))] == [terminado]
    assert hallados(ventanilla("2027-11-21 12:00")) == []


def test_una_marca_que_ya_no_es_cierta_no_enganya(ventanilla: Abridor, con_reglas: Path) -> None:
    """El expediente manda: la marca vieja queda, y al mirarlo se ve que ya dice otra cosa."""
    v = ventanilla()
    folio = viaje(v)

    avanzar(v, folio, Peticion(datos={"destino": "saltillo", "domicilio.colonia": "Centro"}))

    assert hallados(v, domicilio__colonia="X") == []


def test_los_casos_de_antes_de_que_hubiera_regla_tambien_se_hallan(
    ventanilla: Abridor, oficina: Path
) -> None:
    poner_reglas(oficina, [])
    antes = abrir(ventanilla(), Solicitud("estrella-blanca", datos_de_viaje())).folio
    poner_reglas(oficina, REGLAS, version="2")
    v = ventanilla()

    assert [x.folio for x in hallados(v)] == [antes]
    despues = viaje(v)
    assert [x.folio for x in hallados(v)] == [antes, despues]


def test_sin_marcas_se_hallan_igual_y_reparar_las_repone(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla()
    folio = viaje(v)
    marcas = con_reglas / "expedientes" / ".parecidos"
    shutil.rmtree(marcas)

    sin_marcas = hallados(v)
    revisar(v, [], reparar=True)

    assert [x.folio for x in sin_marcas] == [x.folio for x in hallados(v)] == [folio]
    assert len(list(marcas.glob(f"*/{folio}"))) == 2


def test_buscar_parecidos_no_escribe_nada(ventanilla: Abridor, con_reglas: Path) -> None:
    v = ventanilla()
    abrir(v, Solicitud("reporte-servicio"))
    antes = ficheros(con_reglas)

    hallados(v)

    assert ficheros(con_reglas) == antes


def test_solo_se_leen_los_casos_marcados(ventanilla: Abridor, con_reglas: Path) -> None:
    """Con diez mil casos, mirar cada uno en cada apertura sería no poder trabajar."""
    v = ventanilla()
    folio = viaje(v)
    ajeno = viaje(v, beneficiario__curp="", domicilio__colonia="Otra")
    shutil.rmtree(con_reglas / "expedientes/2026" / ajeno / ".revisiones/000001")

    assert [x.folio for x in hallados(v)] == [folio]


def test_de_las_marcas_no_se_adivina_la_curp(ventanilla: Abridor, con_reglas: Path) -> None:
    v = ventanilla()
    viaje(v)
    marcas = con_reglas / "expedientes" / ".parecidos"

    nombres = {ruta.name for ruta in marcas.iterdir()} - {"sal"}

    claro = ["estrella-blanca", ["beneficiario.curp", "destino"], [CURP.lower(), "torreon"]]
    sin_sal = hashlib.sha256(json.dumps(claro, ensure_ascii=False).encode()).hexdigest()
    assert nombres and all(re.fullmatch("[0-9a-f]{64}", nombre) for nombre in nombres)
    assert sin_sal not in nombres
    assert not any(
        marca.read_bytes() for nombre in nombres for marca in (marcas / nombre).iterdir()
    )


def test_si_el_disco_no_deja_marcar_el_caso_queda_abierto(
    ventanilla: Abridor, con_reglas: Path
) -> None:
    v = ventanilla()
    (con_reglas / "expedientes" / ".parecidos").write_text("estorbo", "utf-8")

    folio = viaje(v)

    assert (con_reglas / "expedientes/2026" / folio / "expediente.yaml").is_file()
