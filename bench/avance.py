"""Cuánto cuesta avanzar un paso, y revisar los procedimientos de fábrica.

    python bench/avance.py --rondas 31

Un paso deja en el disco una revisión entera: no puede costar menos que publicar un fichero
de ese tamaño y esperar al disco, y ése es el piso con que se compara, medido en la misma
ronda. La meta es no pasar del doble. Todo corre en este proceso y en una oficina nueva.

Mide y no juzga: sale con 0 aunque no se alcance la meta. Con --perfil dice en qué se va el
tiempo.
"""

import argparse
import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from statistics import median

from expediente.almacen import oficina as disco_oficina
from expediente.almacen import reglas
from expediente.almacen.disco import escribir_entero, publicar
from expediente.documentos import plantilla
from expediente.nucleo.avance import Peticion
from expediente.nucleo.condicion import compilar_condicion
from expediente.nucleo.revision_procedimiento import problemas_del_procedimiento
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.avanzar import avanzar
from expediente.operaciones.procedimientos import claves
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla, sentarse

AHORA = datetime(2026, 11, 20, 11, 45)
META_PASO, META_REVISION = 2.0, 0.5  # veces el piso; segundos

VIAJE = {
    "beneficiario.nombres": "Ana María",
    "beneficiario.primer_apellido": "Nuñez",
    "domicilio.colonia": "La Cigüeña",
    "origen": "gomez_palacio",
    "destino": "torreon",
    "tipo_viaje": "redondo",
    "fecha_viaje": "2026-11-25",
    "institucion_salud": "hg_torreon",
    "motivo": "consulta",
}
REQUISITOS = ("identificacion", "comprobante_domicilio", "carnet")


def segundos(hacer: Callable[[], object]) -> float:
    """Lo que tarda en hacerse una vez."""
    inicio = time.perf_counter()
    hacer()
    return time.perf_counter() - inicio


def medir_pasos(v: Ventanilla, rondas: int) -> dict[str, list[float]]:
    """Segundos de cada ronda: el piso de dos maneras, y tres pasos de un mismo caso."""
    medir_ronda(v)  # la primera llena la memoria del disco
    medidas = [medir_ronda(v) for _ in range(rondas)]
    return {nombre: [medida[nombre] for medida in medidas] for nombre in medidas[0]}


def medir_ronda(v: Ventanilla) -> dict[str, float]:
    """Segundos de cada cosa, en un caso nuevo, una en seguida de otra."""
    folio = abrir(v, Solicitud("estrella-blanca", VIAJE)).folio
    revision = (tomar(v, folio).carpeta / "expediente.yaml").read_bytes()
    piso = v.raiz / "piso" / folio
    piso.mkdir(parents=True)
    return {
        "escribir_entero": segundos(lambda: escribir_entero(piso / "suelto.yaml", revision)),
        "publicar": segundos(lambda: publicar(piso, "000002", {"expediente.yaml": revision})),
        "avanzar": segundos(lambda: avanzar(v, folio, Peticion())),
        "avanzar con requisitos": segundos(
            lambda: avanzar(v, folio, Peticion(requisitos=REQUISITOS))
        ),
        "avanzar y escribir en Word": segundos(lambda: avanzar(v, folio, Peticion())),
    }


def sin_plantillas(v: Ventanilla) -> None:
    """Lee y revisa todos los procedimientos."""
    for clave in claves(v):
        ruta = reglas.ruta_de_procedimiento(v.raiz, clave)
        problemas_del_procedimiento(reglas.procedimiento_de_fichero(ruta)[0], v.catalogos)


def con_plantillas(v: Ventanilla) -> None:
    """Lo mismo, con las plantillas de cada documento: lo que hace `procedimiento revisar`."""
    for clave in claves(v):
        problemas_de(v, clave)


def en_frio(hacer: Callable[[Ventanilla], None], raiz: Path) -> float:
    """Segundos de hacerlo como en un proceso nuevo, sin nada ya leído ni compilado."""
    for recordado in (reglas.leer_catalogos, compilar_condicion, plantilla._recordar):
        recordado.cache_clear()
    v = sentarse(raiz, AHORA, "recepcion")
    return segundos(lambda: hacer(v))


def fila(nombre: str, tiempos: list[float], meta: str = "", razon: str = "") -> None:
    """Un renglón de la tabla: la mediana en milisegundos, con su mínimo y su máximo."""
    medio, bajo, alto = (1000 * f(tiempos) for f in (median, min, max))
    cuanto = f"{medio:.1f}  ({bajo:.1f}–{alto:.1f})"
    print(f"{nombre:<44}{cuanto:<26}{razon:<36}{meta}".rstrip())


def contra(propios: list[float], piso: list[float]) -> str:
    """La mediana de las razones de cada ronda, y los milisegundos que no son del piso."""
    razones = [a / b for a, b in zip(propios, piso, strict=True)]
    aparte = 1000 * median(a - b for a, b in zip(propios, piso, strict=True))
    return f"{median(razones):.2f}  ({min(razones):.2f}–{max(razones):.2f}), {aparte:.1f} ms aparte"


def perfilar(v: Ventanilla) -> None:
    """En qué se va el tiempo de veinte pasos, sin contar sus documentos."""
    folios = [abrir(v, Solicitud("estrella-blanca", VIAJE)).folio for _ in range(20)]
    perfil = cProfile.Profile()
    perfil.enable()
    for folio in folios:
        avanzar(v, folio, Peticion())
    perfil.disable()
    pstats.Stats(perfil).sort_stats("cumulative").print_stats(30)


def principal() -> None:
    """Prepara, mide e imprime la tabla."""
    lector = argparse.ArgumentParser(description="Mide avanzar un paso y revisar lo de fábrica.")
    lector.add_argument("--rondas", type=int, default=31, help="cuántas veces cada medida (31)")
    lector.add_argument("--perfil", action="store_true", help="dice en qué se va el tiempo")
    opciones = lector.parse_args()
    with tempfile.TemporaryDirectory(prefix="expediente-bench-") as carpeta:
        raiz = Path(carpeta) / "oficina"
        disco_oficina.crear_oficina(raiz, de_prueba=True)
        v = sentarse(raiz, AHORA, "recepcion")
        if opciones.perfil:
            return perfilar(v)
        pasos = medir_pasos(v, opciones.rondas)
        revisiones = {
            nombre: [en_frio(hacer, raiz) for _ in range(5)]
            for nombre, hacer in (("sin", sin_plantillas), ("con", con_plantillas))
        }
        cuantos = len(claves(v))
    print(f"{opciones.rondas} rondas; medianas en milisegundos (mínimo–máximo)\n")
    piso = pasos["publicar"]
    fila("Piso: publicar una revisión", piso)
    fila("Piso: escribir_entero", pasos["escribir_entero"])
    for nombre, meta in (
        ("avanzar", f"≤ {META_PASO}"),
        ("avanzar con requisitos", f"≤ {META_PASO}"),
        ("avanzar y escribir en Word", ""),
    ):
        fila(nombre, pasos[nombre], meta, contra(pasos[nombre], piso))
    for nombre, tiempos in revisiones.items():
        titulo = f"Revisar {cuantos} procedimientos {nombre} plantillas"
        fila(titulo, tiempos, f"< {1000 * META_REVISION:.0f} ms")
    return None


if __name__ == "__main__":
    principal()
