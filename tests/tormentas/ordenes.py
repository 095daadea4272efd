"""Cada orden que cambia algo, con la oficina que necesita para tener algo que cambiar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from expediente.nucleo.avance import Peticion
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.asunto import asentar, con_actuaciones, tomar
from expediente.operaciones.avanzar import anexar, avanzar
from expediente.operaciones.informes import hacer_informe
from expediente.operaciones.oficios import cancelar_numero
from tests.operaciones.test_ciudadania import con_la_dependencia
from tests.operaciones.tramites_dif import ayuda_en_resguardo
from tests.tormentas.oficina_de_prueba import (
    AHORA,
    DATOS_EB,
    REQUISITOS,
    OficinaDePrueba,
    abrir_eb,
    abrir_rs,
)

EB, RS = "EB-2026-0001", "RS-2026-0001"
OFICIO = "DIF/DG/0001/2026"


@dataclass(frozen=True)
class Orden:
    """Una orden: cómo se prepara la oficina y qué se teclea.

    `suma` dice que teclearla otra vez es pedir otra cosa igual (otra nota, otro caso), no
    repetir la misma. `procedimientos` son los que la oficina necesita.
    """

    preparar: Callable[[OficinaDePrueba], None]
    teclear: Callable[[OficinaDePrueba], Sequence[str]]
    suma: bool = False
    procedimientos: tuple[str, ...] = ("estrella-blanca",)


def _eb(pasos: int) -> Callable[[OficinaDePrueba], None]:
    def preparar(oficina: OficinaDePrueba) -> None:
        abrir_eb(oficina.ventanilla(), pasos)

    return preparar


def _rs(situacion_cuenta: str) -> Callable[[OficinaDePrueba], None]:
    def preparar(oficina: OficinaDePrueba) -> None:
        abrir_rs(oficina.ventanilla(), situacion_cuenta)

    return preparar


def _teclas(*palabras: str) -> Callable[[OficinaDePrueba], Sequence[str]]:
    return lambda oficina: palabras


def _con_hoja(oficina: OficinaDePrueba) -> None:
    columnas = ["beneficiario.nombres", "beneficiario.primer_apellido", "destino", "origen"]
    renglones = [",".join(columnas)]
    for nombre in ("Ana", "Eva", "Luz"):
        renglones.append(f"{nombre},Muñiz,Torreón,San Jerónimo de los Ríos")
    hoja = oficina.base / "hoja.csv"
    hoja.write_text("\n".join(renglones) + "\n", encoding="utf-8")


def _con_escaneos(oficina: OficinaDePrueba) -> None:
    abrir_eb(oficina.ventanilla(), 1)
    for nombre, tamanio in (("acuse.pdf", 20_000), ("carnet.jpg", 10)):
        (oficina.base / nombre).write_bytes(nombre.encode() * tamanio)


def con_pendientes(oficina: OficinaDePrueba) -> None:
    """Un paso asentado cuyo oficio quedó sin hacer, como tras un apagón."""
    v = oficina.ventanilla()
    asunto = tomar(v, abrir_eb(v, 2))
    paso = replace(v.nueva_actuacion("avance"), paso="elaborar")
    asentar(v, con_actuaciones(asunto, paso))


def _con_cancelado(oficina: OficinaDePrueba) -> None:
    v = oficina.ventanilla()
    abrir_eb(v, 4)
    cancelar_numero(v, OFICIO, "Cambió la fecha de la cita.")


def _con_un_concluido(oficina: OficinaDePrueba) -> None:
    _con_escaneos(oficina)
    v = oficina.ventanilla()
    anexar(v, EB, [oficina.base / "acuse.pdf"], "Acuse sellado")
    avanzar(v, EB, Peticion("reunir-requisitos", requisitos=REQUISITOS))
    avanzar(v, EB, Peticion("elaborar"))
    autoriza = Peticion("autorizar", "autoriza", por=v.oficina.persona("directora"))
    avanzar(v, EB, autoriza)
    for paso in ("entregar", "orientar", "archivar"):
        avanzar(v, EB, Peticion(paso))


def _descompuesta(oficina: OficinaDePrueba) -> None:
    """Copias atrasadas, un paso sin cumplir, el libro atrasado y restos por barrer."""
    con_pendientes(oficina)
    v = oficina.ventanilla()
    atrasado = tomar(v, abrir_eb(v, 4))
    acuse = replace(
        v.nueva_actuacion("acuse"),
        documentos=({"clave": "oficio", "numero": OFICIO, "estado": "entregado"},),
    )
    asentar(v, con_actuaciones(atrasado, acuse))
    revisiones = atrasado.carpeta / ".revisiones"
    vieja = (revisiones / "000002" / "expediente.yaml").read_text(encoding="utf-8")
    (atrasado.carpeta / "expediente.yaml").write_text(vieja, encoding="utf-8")
    (revisiones / ".tmp-resto" / "dentro").mkdir(parents=True)


def _sin_respuesta(oficina: OficinaDePrueba) -> None:
    """Una petición que la dependencia recibió hace mucho y no ha contestado."""
    con_la_dependencia(oficina.ventanilla(AHORA - timedelta(days=15)))


def _de_otro_anio(oficina: OficinaDePrueba) -> None:
    """Un oficio reservado el año pasado, por autorizar."""
    de_este = oficina.raiz / "inhabiles" / "2026.yaml"
    del_pasado = de_este.read_text("utf-8").replace("2026", "2025")
    de_este.with_name("2025.yaml").write_text(del_pasado, "utf-8")
    abrir_eb(oficina.ventanilla(AHORA.replace(year=2025, month=12)), 3)


def _con_informe(oficina: OficinaDePrueba) -> None:
    """El informe de la semana ya hecho, y su acuse escaneado."""
    v = oficina.ventanilla()
    abrir_eb(v, 5)
    hacer_informe(v, "estrella-blanca", PeriodoEscrito(semana="2026-W47"))
    (oficina.base / "acuse.pdf").write_bytes(b"sello" * 5_000)


def _con_resguardos(oficina: OficinaDePrueba) -> None:
    """Dos ayudas en resguardo, por renovar."""
    v = oficina.ventanilla()
    for ayuda in ("andadera", "baston"):
        ayuda_en_resguardo(v, ayuda=ayuda)


_DATOS = tuple(p for clave, dato in DATOS_EB.items() for p in ("-d", f"{clave}={dato}"))
_AVANZAR = ("avanzar", EB, "--paso")
_AUTORIZAR = (*_AVANZAR, "autorizar", "--por", "directora", "--resultado")
_RS = ("reporte-servicio",)

ORDENES: dict[str, Orden] = {
    "abrir": Orden(lambda oficina: None, _teclas("abrir", "estrella-blanca", *_DATOS), suma=True),
    "abrir desde": Orden(
        _con_hoja,
        lambda o: ("abrir", "estrella-blanca", "--desde", str(o.base / "hoja.csv")),
    ),
    "avanzar": Orden(_eb(0), _teclas(*_AVANZAR, "registrar")),
    "avanzar y preparar": Orden(_eb(2), _teclas(*_AVANZAR, "elaborar")),
    "avanzar y emitir": Orden(_eb(3), _teclas(*_AUTORIZAR, "autoriza")),
    "avanzar y anular": Orden(_eb(3), _teclas(*_AUTORIZAR, "niega", "--nota", "Ya lo tiene.")),
    "avanzar y entregar": Orden(_eb(4), _teclas(*_AVANZAR, "entregar", "--recibe", "Eva")),
    "avanzar y numerar": Orden(
        _rs("regularizada"),
        _teclas("avanzar", RS, "--paso", "registrar", "--resultado", "procede"),
        procedimientos=_RS,
    ),
    "avanzar a improcedente": Orden(
        _rs("no_regularizada"),
        _teclas("avanzar", RS, "--paso", "registrar", "--resultado", "improcedente"),
        procedimientos=_RS,
    ),
    "anotar": Orden(_eb(1), _teclas("anotar", EB, "--nota", "Llamó."), suma=True),
    "cancelar": Orden(_eb(3), _teclas("cancelar", EB, "--motivo", "Se capturó dos veces.")),
    "anexar": Orden(
        _con_escaneos,
        lambda o: ("anexar", EB, str(o.base / "acuse.pdf"), str(o.base / "carnet.jpg")),
        suma=True,
    ),
    "oficio emitir": Orden(con_pendientes, _teclas("oficio", "emitir", EB)),
    "oficio emitir otra vez": Orden(
        _con_cancelado, _teclas("oficio", "emitir", EB, "--documento", "oficio")
    ),
    "oficio acusar": Orden(_eb(4), _teclas("oficio", "acusar", OFICIO, "--recibe", "Eva")),
    "oficio cancelar": Orden(_eb(4), _teclas("oficio", "cancelar", OFICIO, "--motivo", "Cambió.")),
    "oficio registrar": Orden(
        lambda oficina: None, _teclas("oficio", "registrar", OFICIO, "--asunto", "Mesa")
    ),
    "oficio reiterar": Orden(
        _sin_respuesta,
        _teclas("oficio", "reiterar", "PE-2026-0001"),
        procedimientos=("peticion", "queja-sugerencia", "estrella-blanca"),
    ),
    "avanzar de un año a otro": Orden(
        _de_otro_anio,
        _teclas("avanzar", "EB-2025-0001", *_AUTORIZAR[2:], "autoriza"),
    ),
    "informe": Orden(_eb(5), _teclas("informe", "estrella-blanca", "--semana", "2026-W47")),
    "informe todos": Orden(_eb(5), _teclas("informe", "todos", "--semanas", "2026-W45..2026-W47")),
    "entregar": Orden(
        _con_informe,
        lambda o: (
            "entregar",
            "estrella-blanca",
            "--semana",
            "2026-W47",
            "--a",
            "contador",
            "--recibe",
            "Eva",
            "--acuse",
            str(o.base / "acuse.pdf"),
        ),
    ),
    "tirada": Orden(
        _con_resguardos,
        _teclas("tirada", "resguardos", "--mes", "2026-12"),
        procedimientos=("ayuda-funcional",),
    ),
    "archivar": Orden(_con_un_concluido, lambda o: ("archivar", EB, "--destino", str(o.archivo))),
    "revisar reparar": Orden(_descompuesta, _teclas("revisar", "--reparar")),
}


def nombre_de_iniciar(base: Path) -> list[str]:
    """La orden que pone una oficina nueva bajo `base`."""
    return ["iniciar", str(base / "nueva"), "--de-prueba"]


# En la corrida de todos los días, a éstas les falla el disco y a las demás se les va la luz;
# en la larga, todo a todas y en cada suceso.
CON_DISCO_QUE_FALLA = (
    "abrir", "avanzar y emitir", "anexar", "oficio cancelar", "informe", "archivar",
    "revisar reparar",
)  # fmt: skip
CON_APAGON = tuple(nombre for nombre in ORDENES if nombre not in CON_DISCO_QUE_FALLA)
