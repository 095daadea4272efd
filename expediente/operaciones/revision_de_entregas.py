"""Lo entregado que ya no es lo que se entregó, y las copias que un apagón dejó atrasadas."""

from collections.abc import Iterator
from pathlib import Path

from expediente.almacen import entregas as disco
from expediente.almacen.disco import sha256_de
from expediente.nucleo.entrega import Entregas
from expediente.nucleo.errores import ErrorExpediente
from expediente.nucleo.revision import Problema
from expediente.operaciones.ventanilla import Ventanilla


def problemas_de_entregas(v: Ventanilla) -> list[Problema]:
    """Lo entregado que ya no es lo que se entregó: cambió, falta o se editó su asiento."""
    problemas = []
    for propia in disco.carpetas_de_entregas(v.raiz):
        donde = propia.relative_to(v.raiz).as_posix()
        try:
            entregas, _ = disco.leer_carpeta(propia)
            if dicho := disco.lo_que_se_ve(propia):
                problemas.append(Problema(donde, dicho))
            problemas += [Problema(donde, dicho) for dicho in _cambiados(propia, entregas)]
        except ErrorExpediente as error:
            problemas.append(Problema(donde, error.mensaje))
    return problemas


def reponer_copias_de_entregas(v: Ventanilla) -> None:
    """Pone al día las copias que se ven, si un apagón las dejó atrasadas."""
    for propia in disco.carpetas_de_entregas(v.raiz):
        disco.reponer_copia_de_entregas(propia)


def _cambiados(propia: Path, entregas: Entregas) -> Iterator[str]:
    """Los ficheros entregados, y los acuses, que faltan o cambiaron."""
    guardados = {(propia.parent.parent / e.fichero, e.sha256) for e in entregas.asientos}
    guardados |= {
        (propia.parent / e.acuse, e.acuse_sha256 or "") for e in entregas.asientos if e.acuse
    }
    for fichero, huella in sorted(guardados):
        que = "el acuse" if fichero.parent.name == disco.ACUSES else "el informe entregado"
        if not fichero.is_file():
            yield f"falta {que} {fichero.name}; recupérelo del respaldo."
        elif sha256_de(fichero) != huella:
            yield f"{que} {fichero.name} cambió después de asentarse; recupérelo del respaldo."
