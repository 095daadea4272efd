"""Un día de oficina con datos inventados: lo que el programa hace, de punta a punta.

Usa las mismas operaciones que las órdenes, sobre los ejemplos de fábrica, con el reloj
puesto en un viernes.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from expediente.almacen.fabrica import carpeta_de_fabrica
from expediente.almacen.hojas import leer_hoja
from expediente.almacen.oficina import crear_oficina
from expediente.nucleo.avance import Peticion
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones import archivo, informes
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.auditoria_del_libro import Auditoria, auditar
from expediente.operaciones.avanzar import anotar, avanzar
from expediente.operaciones.cargar import Carga, cargar_hoja
from expediente.operaciones.listas import Filtro, listar
from expediente.operaciones.resultado import Resultado
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla, sentarse

VIERNES = "2026-11-20"
SEMANA = "2026-W47"
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")


@dataclass
class Jornada:
    """Lo que dejó el día: dónde está y qué números dio.

    `hechos` son (qué, cuánto); `ficheros`, {qué es: ruta}; `ejemplos`, {qué es: folio}.
    """

    oficina: Path
    archivo: Path
    hechos: list[tuple[str, str]] = field(default_factory=list)
    ficheros: dict[str, Path] = field(default_factory=dict)
    ejemplos: dict[str, str] = field(default_factory=dict)

    def como_mapa(self) -> dict[str, Any]:
        """La jornada para JSON."""
        return {
            "oficina": str(self.oficina),
            "archivo": str(self.archivo),
            "hechos": [{"que": que, "cuanto": cuanto} for que, cuanto in self.hechos],
            "ficheros": {que: str(ruta) for que, ruta in self.ficheros.items()},
            "ejemplos": dict(self.ejemplos),
        }


Narrador = Callable[[str], None]


def hacer_jornada(carpeta: Path | None, contar: Narrador) -> Jornada:
    """Hace el día en `carpeta`, o en una temporal; `contar` recibe cada momento.

    Lanza DatosInvalidos si la carpeta ya tiene algo.
    """
    base = carpeta or Path(tempfile.mkdtemp(prefix="expediente-demo-"))
    jornada = Jornada(base / "oficina", base / "archivo")
    contar("08:00  Se pone una oficina de prueba")
    crear_oficina(jornada.oficina, de_prueba=True)
    contar("11:45  Se cargan las solicitudes de la semana")
    _cargar(jornada)
    contar("12:00  La auxiliar registra y prepara los oficios")
    preparados = _preparar_oficios(jornada)
    contar("12:30  La directora autoriza, y niega uno")
    _autorizar(jornada, preparados)
    contar("13:00  Se atienden los reportes de agua")
    _atender_reportes(jornada)
    contar("14:00  Se hacen los informes de la semana")
    _informar(jornada)
    contar("14:30  Se archiva lo concluido y se comprueba")
    _archivar(jornada)
    return jornada


def _a_las(jornada: Jornada, hora: str, usuario: str = "recepcion") -> Ventanilla:
    momento = datetime.fromisoformat(f"{VIERNES}T{hora}")
    return sentarse(jornada.oficina, momento, usuario)


def _cargar(jornada: Jornada) -> None:
    v = _a_las(jornada, "11:45")
    ejemplos = carpeta_de_fabrica() / "datos" / "ejemplos"
    mapas = jornada.oficina / "mapas"
    for procedimiento, hoja, mapa in (
        ("estrella-blanca", "solicitudes-estrella-blanca.csv", "estrella-blanca.yaml"),
        ("reporte-servicio", "reportes-agua.csv", "sacmex-2022.yaml"),
    ):
        carga = cargar_hoja(v, procedimiento, leer_hoja(ejemplos / hoja), mapas / mapa)
        jornada.hechos.append((f"Abiertos de {hoja}", _cuantos(carga)))


def _cuantos(carga: Carga) -> str:
    return f"{len(carga.abiertos)}, y {len(carga.rechazados)} renglones rechazados con su motivo"


def _dar_paso(v: Ventanilla, folios: Sequence[str], **peticion: Any) -> list[Resultado]:
    return [avanzar(v, folio, Peticion(**peticion)) for folio in folios]


def _preparar_oficios(jornada: Jornada) -> list[str]:
    """Registra sesenta solicitudes de viajes por venir y prepara treinta y dos oficios."""
    v = _a_las(jornada, "12:00")
    registrados = []
    for renglon in listar(v, Filtro("estrella-blanca")).renglones:
        datos = renglon.encabezado.get("datos")
        if isinstance(datos, dict) and str(datos.get("fecha_viaje", "")) > VIERNES:
            registrados.append(renglon.folio)
    registrados = registrados[:60]
    _dar_paso(v, registrados)
    preparados = registrados[:32]
    _dar_paso(v, preparados, requisitos=REQUISITOS)
    _dar_paso(_a_las(jornada, "12:15"), preparados)
    jornada.hechos.append(("Oficios preparados, con número reservado", str(len(preparados))))
    return preparados


def _autorizar(jornada: Jornada, preparados: list[str]) -> None:
    v = _a_las(jornada, "12:30")
    directora = v.oficina.persona("directora")
    negado, por_firmar, autorizados = preparados[0], preparados[1:4], preparados[4:]
    motivo = "La persona ya cuenta con el descuento de su credencial de adulto mayor."
    _dar_paso(v, [negado], resultado="niega", por=directora, nota=motivo)
    _dar_paso(v, autorizados, resultado="autoriza", por=directora)
    entregados, concluidos = autorizados[:24], autorizados[:20]
    _dar_paso(_a_las(jornada, "12:45"), entregados, recibe="La persona beneficiaria")
    _dar_paso(_a_las(jornada, "12:50"), concluidos)
    _dar_paso(_a_las(jornada, "12:55"), concluidos)
    jornada.hechos += [
        ("Oficios autorizados y emitidos", str(len(autorizados))),
        ("Entregados con acuse", str(len(entregados))),
        ("Negado, con su número anulado", "1"),
    ]
    jornada.ejemplos |= {
        "espera la firma de la directora": por_firmar[0],
        "autorizado, por entregar": autorizados[-1],
        "negado": negado,
        "concluido": concluidos[0],
    }
    carta = tomar(v, autorizados[0]).estado.documento("oficio")
    if carta and carta.fichero:
        carpeta = tomar(v, autorizados[0]).carpeta
        jornada.ficheros["Un oficio emitido"] = carpeta / carta.fichero


def _atender_reportes(jornada: Jornada) -> None:
    v = _a_las(jornada, "13:00", "ugsrp")
    _avisar_improcedencia(jornada, v)
    procedentes = []
    for renglon in listar(v, Filtro("reporte-servicio", paso="registrar")).renglones[:36]:
        datos = renglon.encabezado.get("datos")
        if isinstance(datos, dict) and "ubicacion.colonia" in datos:
            procedentes.append((renglon.folio, str(datos["tipo_servicio"])))
    for folio, tipo in procedentes:
        avanzar(v, folio, Peticion(resultado="procede", datos={"anonimo": "sí"}))
        area = v.catalogos["tipos-servicio"][tipo].atributos["area"]
        avanzar(v, folio, Peticion(datos={"area": area}))
    folios = [folio for folio, _ in procedentes]
    atendidos = folios[:18]
    hecho = {"trabajo": "Se reparó la falla y se dejó limpia la zona."}
    _dar_paso(_a_las(jornada, "13:20", "ugsrp"), atendidos, datos=hecho)
    _dar_paso(_a_las(jornada, "13:30", "ugsrp"), atendidos)
    llamada = _a_las(jornada, "13:40", "caic")
    _dar_paso(llamada, atendidos[:10], resultado="conforme")
    _dar_paso(llamada, [atendidos[10]], resultado="inconforme", nota="La fuga volvió a salir.")
    _dar_paso(_a_las(jornada, "13:45", "caic"), atendidos[:10])
    anotar(_a_las(jornada, "13:50", "caic"), atendidos[10], "La cuadrilla regresa mañana temprano.")
    jornada.hechos += [
        ("Reportes de agua con número", str(len(folios))),
        ("Cerrados con conformidad del usuario", "10"),
        ("Devuelto al área como reasignado", "1"),
    ]
    jornada.ejemplos["reasignado por inconformidad"] = atendidos[10]


def _avisar_improcedencia(jornada: Jornada, v: Ventanilla) -> None:
    datos = {
        "tipo_servicio": "falta_agua_toma",
        "usuario.nombres": "Íñigo",
        "usuario.primer_apellido": "Muñiz",
        "usuario.segundo_apellido": "O'Farrill",
        "usuario.telefono": "871 155 0199",
        "ubicacion.calle": "Privada del Membrillo",
        "ubicacion.numero": "14",
        "ubicacion.colonia": "La Cigüeña",
        "cuenta": "00418-7",
        "situacion_cuenta": "no_regularizada",
    }
    folio = abrir(v, Solicitud("reporte-servicio", datos, canal="telefono")).folio
    avanzar(v, folio, Peticion(resultado="improcedente"))
    jornada.hechos.append(("Improcedente, con su aviso al usuario", "1"))
    jornada.ejemplos["improcedente"] = folio


def _informar(jornada: Jornada) -> None:
    v = _a_las(jornada, "14:00")
    for clave, que in (
        ("estrella-blanca", "El reporte semanal de oficios"),
        ("estatus-reportes", "El informe de reportes de agua"),
    ):
        hecho = informes.hacer_informe(v, clave, PeriodoEscrito(semana=SEMANA))
        jornada.ficheros[que] = hecho.ficheros[0]
        jornada.hechos.append((que, hecho.cifras.identidad))


def _archivar(jornada: Jornada) -> None:
    v = _a_las(jornada, "14:30")
    folios = archivo.concluidos_antes(v, "2026-11-21")
    for folio in folios:
        archivo.archivar(v, folio, jornada.archivo)
    verificacion = archivo.verificar(v, jornada.archivo)
    auditorias = auditar(v)
    huecos = sum(len(a.huecos) + len(a.problemas) for a in auditorias)
    jornada.hechos += [
        (
            "Archivados y releídos, byte por byte",
            f"{verificacion.integras} de {len(folios)} íntegros",
        ),
        ("Números tomados en los libros", _numeros(auditorias)),
        ("Huecos o descuadres del libro", str(huecos or "ninguno")),
        ("Problemas que halla la revisión", str(len(revisar(v, [])) or "ninguno")),
    ]


def _numeros(auditorias: list[Auditoria]) -> str:
    return ", ".join(f"{a.libro} {a.ultimo}" for a in auditorias)
