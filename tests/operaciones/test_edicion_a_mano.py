"""El fichero se puede corregir con el Bloc de notas: lo bueno se adopta, lo malo se rehúsa."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expediente.nucleo.errores import DatosInvalidos
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import anotar
from expediente.operaciones.consultas import ver
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.revisar import revisar
from tests.operaciones.tramites import Abridor, autorizada, dar, por_autorizar, solicitud

Editar = Callable[..., None]


@pytest.fixture
def editar(oficina: Path) -> Editar:
    """Cambia un trozo de expediente.yaml, como alguien que lo abre y lo guarda."""

    def cambiar(folio: str, antes: str, despues: str) -> None:
        fichero = visible(oficina, folio)
        escrito = fichero.read_text(encoding="utf-8")
        assert escrito.count(antes) >= 1, antes
        fichero.write_text(escrito.replace(antes, despues, 1), encoding="utf-8")

    return cambiar


def visible(oficina: Path, folio: str) -> Path:
    """La copia que se ve de un caso."""
    return oficina / "expedientes" / "2026" / folio / "expediente.yaml"


def renglon(oficina: Path, folio: str, trozo: str) -> int:
    """El número de renglón, desde 1, en que está ese trozo."""
    renglones = visible(oficina, folio).read_text(encoding="utf-8").splitlines()
    return next(n for n, dice in enumerate(renglones, start=1) if trozo in dice)


def test_un_dato_corregido_se_adopta_con_el_valor_que_habia(
    ventanilla: Abridor, editar: Editar
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "domicilio.colonia: La Cigüeña", "domicilio.colonia: El Ébano")

    anotar(v, folio, "Se corrigió la colonia.")

    asunto = tomar(v, folio)
    correccion, nota = asunto.actuaciones[-2:]
    assert asunto.estado.datos["domicilio.colonia"] == "El Ébano"
    assert (correccion.tipo, nota.tipo) == ("correccion", "nota")
    assert correccion.anteriores == {"domicilio.colonia": "La Cigüeña"}
    assert not asunto.por_adoptar


def test_lo_corregido_se_convierte_como_lo_tecleado(ventanilla: Abridor, editar: Editar) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "fecha_viaje: '2026-11-25'", "fecha_viaje: 24/11/2026")
    editar(folio, "destino: torreon", "destino: Saltillo")

    anotar(v, folio, "Otro destino.")

    datos = tomar(v, folio).estado.datos
    assert (datos["fecha_viaje"], datos["destino"]) == ("2026-11-24", "saltillo")


def test_borrar_un_renglon_de_datos_borra_el_dato(ventanilla: Abridor, editar: Editar) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "  domicilio.numero: '14'\n", "")

    anotar(v, folio, "No tiene número.")

    asunto = tomar(v, folio)
    assert "domicilio.numero" not in asunto.estado.datos
    assert asunto.actuaciones[-2].anteriores == {"domicilio.numero": "14"}


def test_el_siguiente_paso_ya_usa_lo_corregido(ventanilla: Abridor, editar: Editar) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    editar(folio, "beneficiario.nombres: Ana María", "beneficiario.nombres: Anabel")

    dar(v, folio, resultado="autoriza", por="directora")

    assert tomar(v, folio).estado.datos["beneficiario.nombres"] == "Anabel"


def test_antes_de_adoptarla_se_avisa_y_no_se_pierde(ventanilla: Abridor, editar: Editar) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "La Cigüeña", "El Ébano")

    avisos = ver(v, folio).avisos
    (problema,) = revisar(v, [folio])

    assert any("se adoptará con el siguiente cambio" in aviso for aviso in avisos)
    assert "corrección a mano por adoptar" in problema.mensaje
    assert listar(v, Filtro()).renglones[0].editado
    assert "El Ébano" in visible(v.raiz, folio).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("antes", "despues", "dice"),
    [
        ("situacion: en_tramite", "situacion: concluido", "«situacion» lo calcula el programa"),
        ("- registrar", "- archivar", "«pasos» lo calcula el programa"),
        ("revision: '1'", "revision: '9'", "la revisión no se cambia a mano"),
        ("version: '1'", "version: '2'", "«version» no se cambia a mano"),
        ("ocurrio: '2026-11-20", "ocurrio: '2026-11-19", "«actuaciones» no se cambia a mano"),
    ],
)
def test_lo_que_no_es_dato_se_rehusa_con_renglon_y_remedio(
    antes: str, despues: str, dice: str, ventanilla: Abridor, editar: Editar, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, antes, despues)

    with pytest.raises(DatosInvalidos) as error:
        anotar(v, folio, "Hola.")

    assert dice in error.value.mensaje and "expediente.yaml, renglón" in error.value.mensaje
    assert "borre el fichero y el programa lo repone" in error.value.mensaje


def test_un_dato_que_no_se_entiende_se_rehusa_en_su_renglon(
    ventanilla: Abridor, editar: Editar, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "fecha_viaje: '2026-11-25'", "fecha_viaje: 31/02/2026")
    donde = renglon(oficina, folio, "fecha_viaje: 31/02/2026")

    with pytest.raises(DatosInvalidos, match=f"renglón {donde}: .*no existe en el calendario"):
        anotar(v, folio, "Hola.")


def test_un_dato_inventado_se_rehusa_con_el_que_quiso_decir(
    ventanilla: Abridor, editar: Editar
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "  destino: torreon\n", "  destinos: torreon\n")

    with pytest.raises(DatosInvalidos, match=r"«destinos».*¿Quiso decir «destino»"):
        anotar(v, folio, "Hola.")


def test_un_yaml_roto_se_rehusa_con_su_renglon(
    ventanilla: Abridor, editar: Editar, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "  destino: torreon\n", "  destino: 'torreon\n")

    with pytest.raises(DatosInvalidos, match=r"yaml, renglón \d+: .*Corrija ese renglón"):
        anotar(v, folio, "Hola.")


def test_la_copia_borrada_se_repone(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    folio = solicitud(v)
    escrito = visible(oficina, folio).read_bytes()
    visible(oficina, folio).unlink()

    revisar(v, [folio], reparar=True)

    assert visible(oficina, folio).read_bytes() == escrito


def test_la_copia_atrasada_no_es_una_edicion_y_se_repone(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    vieja = visible(oficina, folio).read_bytes()
    anotar(v, folio, "Hola.")
    vigente = visible(oficina, folio).read_bytes()
    visible(oficina, folio).write_bytes(vieja)

    (problema,) = revisar(v, [folio])
    arreglado = revisar(v, [folio], reparar=True)

    assert "está atrasado; póngalo al día con --reparar" in problema.mensaje
    assert arreglado == []
    assert visible(oficina, folio).read_bytes() == vigente


def test_las_llaves_propias_de_la_oficina_se_conservan(
    ventanilla: Abridor, editar: Editar, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    editar(folio, "actuaciones:\n", "caja_de_archivo: '14-B'\nactuaciones:\n")

    anotar(v, folio, "Hola.")
    dar(v, folio)

    assert "caja_de_archivo: '14-B'" in visible(oficina, folio).read_text(encoding="utf-8")


def test_una_edicion_sobre_una_revision_vieja_se_adopta_si_nadie_toco_ese_dato(
    ventanilla: Abridor, editar: Editar, oficina: Path
) -> None:
    """Alguien tenía el fichero abierto mientras otra persona avanzaba el caso."""
    v = ventanilla()
    folio = solicitud(v)
    abierto = visible(oficina, folio).read_text(encoding="utf-8")
    dar(v, folio)
    editado = abierto.replace("La Cigüeña", "El Ébano", 1)
    visible(oficina, folio).write_text(editado, encoding="utf-8")

    anotar(v, folio, "Hola.")

    estado = tomar(v, folio).estado
    assert estado.datos["domicilio.colonia"] == "El Ébano"
    assert estado.pasos == ("reunir-requisitos",)


def test_una_edicion_sobre_una_revision_vieja_se_rehusa_si_ese_dato_cambio(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla()
    folio = solicitud(v)
    abierto = visible(oficina, folio).read_text(encoding="utf-8")
    dar(v, folio, datos={"domicilio.colonia": "Centro"})
    editado = abierto.replace("La Cigüeña", "El Ébano", 1)
    visible(oficina, folio).write_text(editado, encoding="utf-8")

    with pytest.raises(DatosInvalidos, match="ese dato cambió entre tanto por otra persona"):
        anotar(v, folio, "Hola.")


def test_quitar_una_actuacion_se_nota(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla()
    folio = autorizada(v)
    revisiones = sorted((visible(oficina, folio).parent / ".revisiones").iterdir())
    vigente = revisiones[-1] / "expediente.yaml"
    escrito = vigente.read_text(encoding="utf-8")
    vigente.write_text(escrito.replace("por: directora", "por: subdirector", 1), encoding="utf-8")

    with pytest.raises(DatosInvalidos, match="no encadena con la anterior"):
        anotar(v, folio, "Hola.")
