"""Una oficina chica que se repone de su molde en cada intento, y lo que debe seguir cierto.

Se prepara una vez por prueba con las operaciones de verdad; cada apagón trabaja sobre una
copia puesta siempre en la misma ruta.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from expediente.almacen import carpetas, registro
from expediente.almacen import libro as libros
from expediente.almacen.bolsa import bolsas
from expediente.almacen.casos import leer_caso
from expediente.almacen.disco import TEMPORAL
from expediente.almacen.fichero_yaml import leer_mapa
from expediente.almacen.oficina import crear_oficina
from expediente.nucleo.avance import Peticion
from expediente.nucleo.caso import Actuacion, eslabon_roto
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.archivo import verificar
from expediente.operaciones.auditoria_del_libro import auditar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.emisores import emisores
from expediente.operaciones.revisar import revisar
from expediente.operaciones.ventanilla import Ventanilla, sentarse

AHORA = datetime(2026, 11, 20, 12, 0)
DATOS_EB = {
    "beneficiario.nombres": "Íñigo",
    "beneficiario.primer_apellido": "Muñiz",
    "domicilio.calle": "Privada del Membrillo",
    "domicilio.numero": "14",
    "domicilio.colonia": "La Cigüeña",
    "origen": "San Jerónimo de los Ríos",
    "destino": "Torreón",
    "tipo_viaje": "redondo",
    "fecha_viaje": "2026-12-01",
    "institucion_salud": "Hospital General de Torreón",
    "motivo": "consulta",
}
DATOS_RS = {
    "tipo_servicio": "falta_agua_toma",
    "usuario.nombres": "Íñigo",
    "usuario.primer_apellido": "Muñiz",
    "usuario.telefono": "871 155 0199",
    "ubicacion.calle": "Privada del Membrillo",
    "ubicacion.numero": "14",
    "ubicacion.colonia": "La Cigüeña",
    "cuenta": "00418-7",
}
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")

# Un procedimiento que da vueltas sin fin y otro que sólo numera: no están de fábrica.
VUELTAS = """\
clave: vueltas
nombre: Vueltas de prueba
version: '1'
prefijo: VU
serie: 1S.2
ente: dif
manual: {clave: PRUEBA, nombre: Manual de prueba}
roles:
  - {clave: auxiliar, nombre: Auxiliar}
campos: []
apertura: recibir
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: girar}
  - clave: girar
    responsable: auxiliar
    actividad: Da una vuelta.
    resultados:
      - {clave: otra, nombre: Otra, sigue: girar, sin_limite: Es de prueba.}
      - {clave: fin, nombre: Fin, final: concluido}
"""
TABLERO = "nombre: Tablero de prueba\nantiguedades: ['1', '5']\n"
NUMERA = """\
clave: numera
nombre: Números de prueba
version: '1'
prefijo: NU
serie: 1S.2
ente: dif
manual: {clave: PRUEBA, nombre: Manual de prueba}
roles:
  - {clave: auxiliar, nombre: Auxiliar}
campos: []
numeros:
  - {clave: numero, nombre: Número, libro: REPORTES}
apertura: recibir
pasos:
  - {clave: recibir, responsable: auxiliar, actividad: Recibe., sigue: numerar}
  - {clave: numerar, responsable: auxiliar, actividad: Numera., asigna: numero, final: concluido}
"""


@dataclass(frozen=True)
class OficinaDePrueba:
    """La oficina de una prueba, su archivo y el molde de los dos."""

    base: Path

    @property
    def raiz(self) -> Path:
        """La carpeta de la oficina."""
        return self.base / "trabajo" / "oficina"

    @property
    def archivo(self) -> Path:
        """La unidad compartida donde archiva."""
        return self.base / "trabajo" / "archivo"

    @property
    def vigilada(self) -> Path:
        """Lo que se vigila: la oficina y su archivo."""
        return self.base / "trabajo"

    def ventanilla(self, ahora: datetime = AHORA) -> Ventanilla:
        """La ventanilla de la oficina a esa hora."""
        return sentarse(self.raiz, ahora, "recepcion")

    def guardar_molde(self) -> None:
        """Lo que hay ahora es de donde parte cada intento."""
        shutil.copytree(self.vigilada, self.base / "molde")

    def reponer(self) -> None:
        """Deja la oficina y su archivo como en el molde."""
        shutil.rmtree(self.vigilada)
        shutil.copytree(self.base / "molde", self.vigilada)


def oficina_nueva(base: Path, *procedimientos: str) -> OficinaDePrueba:
    """Una oficina de fábrica, de prueba, sólo con los procedimientos y plantillas que se usan."""
    oficina = OficinaDePrueba(base)
    crear_oficina(oficina.raiz, de_prueba=True)
    for nombre, dice in (("vueltas", VUELTAS), ("numera", NUMERA)):
        (oficina.raiz / "procedimientos" / f"{nombre}.yaml").write_text(dice, encoding="utf-8")
    for fichero in (oficina.raiz / "procedimientos").glob("*.yaml"):
        if fichero.stem not in procedimientos:
            fichero.unlink()
    for fichero in (oficina.raiz / "informes").glob("*.yaml"):
        if fichero.stem not in procedimientos:
            fichero.unlink()
    for fichero in (oficina.raiz / "indicadores").glob("*.yaml"):
        leido = leer_mapa(fichero)[0]["procedimientos"]
        if not set(leido if isinstance(leido, list) else [leido]) <= set(procedimientos):
            fichero.unlink()
    # El tablero de fábrica desglosa por datos de procedimientos que aquí no están.
    (oficina.raiz / "tableros" / "general.yaml").write_text(TABLERO, encoding="utf-8")
    usadas = {emisor.plantilla for emisor in emisores(oficina.ventanilla())}
    for fichero in (oficina.raiz / "plantillas").glob("*.docx"):
        if fichero.name not in usadas:
            fichero.unlink()
    return oficina


def abrir_eb(v: Ventanilla, pasos: int = 0) -> str:
    """Abre una solicitud de descuento y le da los primeros pasos."""
    folio = abrir(v, Solicitud("estrella-blanca", DATOS_EB)).folio
    directora = v.oficina.persona("directora")
    peticiones: Sequence[dict[str, Any]] = (
        {"paso": "registrar"},
        {"paso": "reunir-requisitos", "requisitos": REQUISITOS},
        {"paso": "elaborar"},
        {"paso": "autorizar", "resultado": "autoriza", "por": directora},
        {"paso": "entregar"},
        {"paso": "orientar"},
        {"paso": "archivar"},
    )
    for peticion in peticiones[:pasos]:
        avanzar(v, folio, Peticion(**peticion))
    return folio


def abrir_rs(v: Ventanilla, situacion_cuenta: str) -> str:
    """Abre un reporte de falta de agua."""
    datos = {**DATOS_RS, "situacion_cuenta": situacion_cuenta}
    return abrir(v, Solicitud("reporte-servicio", datos)).folio


Estado = dict[str, Any]


def estado_de(oficina: OficinaDePrueba) -> Estado:
    """Todo lo que importa de la oficina, para comparar dos finales: casos, libro y ficheros."""
    v = oficina.ventanilla()
    casos = {}
    for folio in carpetas.folios(v.raiz):
        caso = leer_caso(carpetas.carpeta_de(v.raiz, folio)).caso
        casos[str(folio)] = [_esencia(a) for a in caso.actuaciones]
    numeros = {
        a.numero: tuple(a.dice.get(k) for k in ("estado", "folio", "documento", "motivo", "recibe"))
        for a in libros.asientos(v.raiz)
    }
    return {"casos": casos, "libro": numeros, "ficheros": _ficheros(oficina)}


def _esencia(a: Actuacion) -> object:
    """La actuación sin las horas de captura ni las sumas de lo que lleva hora."""
    sin_suma = [{k: x for k, x in d.items() if k != "sha256"} for d in a.documentos]
    detalle = {k: x for k, x in a.detalle.items() if k != "huella"}
    return (a.tipo, a.paso, a.resultado, dict(a.datos), sin_suma, len(a.anexos), a.nota, detalle)


def _ficheros(oficina: OficinaDePrueba) -> list[str]:
    """Los documentos, anexos, informes y bolsas que se ven; no las revisiones."""
    raices = (oficina.raiz / "expedientes", oficina.raiz / "informes", oficina.archivo)
    return sorted(
        str(ruta.relative_to(oficina.vigilada))
        for raiz in raices
        for ruta in raiz.rglob("*")
        if ruta.is_file() and not any(parte.startswith(".") for parte in ruta.parts)
    )


def historias(oficina: OficinaDePrueba) -> dict[str, tuple[Actuacion, ...]]:
    """{folio: actuaciones}; falla si algún caso no se puede leer o su cadena se rompió."""
    halladas = {}
    for folio in carpetas.folios(oficina.raiz):
        caso = leer_caso(carpetas.carpeta_de(oficina.raiz, folio)).caso
        assert eslabon_roto(caso.folio, caso.actuaciones) is None
        halladas[str(folio)] = caso.actuaciones
    return halladas


def comprobar_que_nada_se_perdio(
    oficina: OficinaDePrueba, antes: Mapping[str, tuple[Actuacion, ...]]
) -> None:
    """Todo caso sigue legible, con sus actuaciones de antes, y ninguna carpeta está vacía."""
    ahora = historias(oficina)
    for folio, actuaciones in antes.items():
        assert ahora[folio][: len(actuaciones)] == actuaciones
    comprobar_carpetas(oficina)


def comprobar_carpetas(oficina: OficinaDePrueba) -> None:
    """Cada folio y cada número que se ve tiene su primera revisión, y no hay saltos."""
    for padre in (*oficina.raiz.glob("expedientes/2*"), *oficina.raiz.glob("libros/*/2*")):
        hijas = [c for c in padre.iterdir() if not c.name.startswith(TEMPORAL)]
        for carpeta in hijas:
            assert registro.ultima_revision(carpeta) >= 1
        series: dict[str, list[int]] = {}
        for carpeta in hijas:
            serie, _, consecutivo = carpeta.name.rpartition("-")
            series.setdefault(serie, []).append(int(consecutivo))
        for numeros in series.values():
            assert sorted(numeros) == list(range(1, len(numeros) + 1))


def envejecer_temporales(oficina: OficinaDePrueba) -> None:
    """Como si el apagón hubiera sido hace mucho: `revisar --reparar` ya puede barrer."""
    for resto in oficina.vigilada.rglob(f"{TEMPORAL}*"):
        os.utime(resto, (0, 0))


def comprobar_reparada(oficina: OficinaDePrueba) -> None:
    """Después de `revisar --reparar` no queda problema, temporal ni hueco en el libro."""
    envejecer_temporales(oficina)
    v = oficina.ventanilla(AHORA.replace(hour=13))

    assert revisar(v, [], reparar=True) == []
    assert list(oficina.raiz.rglob(f"{TEMPORAL}*")) == []
    for auditoria in auditar(v):
        assert (auditoria.huecos, auditoria.problemas) == ((), ())
    if list(bolsas(oficina.archivo)):
        assert verificar(v, oficina.archivo).problemas == ()
