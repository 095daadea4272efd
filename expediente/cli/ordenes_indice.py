"""Las órdenes del índice: rehacerlo, compararlo con los expedientes y borrarlo."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from expediente.cli.opciones import OpcionJson, OpcionOficina, ventanilla
from expediente.cli.pantalla import avisar, decir, en_json, progreso
from expediente.operaciones import cuidado_del_indice
from expediente.operaciones.consultas import cuantos_hay
from expediente.operaciones.indice_al_dia import Avance
from expediente.operaciones.ventanilla import Ventanilla


def reconstruir(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Hace otra vez el índice con que los informes salen aprisa.

    Normalmente no hace falta: se hace y se pone al día solo. Se guarda en esta computadora,
    nunca en la carpeta de la oficina, y no contiene nada que no esté en los expedientes.

        expediente indice reconstruir
    """
    v = ventanilla(oficina)
    with _barra(v, "Leyendo expedientes") as al_avanzar:
        hecho = cuidado_del_indice.reconstruir(v, al_avanzar)
    if json:
        ilegibles = [{"folio": folio, "mensaje": dicho} for folio, dicho in hecho.ilegibles]
        en_json(
            {"expedientes": hecho.expedientes, "problemas": ilegibles, "fichero": hecho.fichero}
        )
    else:
        decir(f"Quedaron {hecho.expedientes} expedientes en el índice.")
        for folio, dicho in hecho.ilegibles:
            avisar(f"{folio}: no se pudo leer. {dicho}")
    if hecho.ilegibles:
        raise typer.Exit(1)


def revisar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Compara el índice con todos los expedientes y dice en qué no coinciden.

    Los expedientes mandan: si algo no coincide, rehágalo con «expediente indice
    reconstruir».

        expediente indice revisar
    """
    v = ventanilla(oficina)
    with _barra(v, "Comparando expedientes") as al_avanzar:
        cuantos, diferencias = cuidado_del_indice.comparar(v, al_avanzar)
    if json:
        dichas = [{"folio": d.folio, "mensaje": d.mensaje} for d in diferencias]
        en_json({"expedientes": cuantos, "diferencias": dichas})
    elif not diferencias:
        decir(f"El índice dice lo mismo que los {cuantos} expedientes.")
    else:
        for diferencia in diferencias:
            decir(f"{diferencia.folio}: {diferencia.mensaje}")
        avisar("Rehágalo con: expediente indice reconstruir")
    if diferencias:
        raise typer.Exit(1)


def borrar(oficina: OpcionOficina = None, json: OpcionJson = False) -> None:
    """Borra de esta computadora el índice de la oficina, con lo que copió de ella.

    No toca ningún expediente. Hágalo al dejar de usar la computadora; si se vuelve a pedir
    un informe, el índice se hace otra vez.

        expediente indice borrar
    """
    habia = cuidado_del_indice.borrar(ventanilla(oficina))
    if json:
        en_json({"borrado": habia})
    else:
        decir("Se borró el índice." if habia else "No había índice.")


@contextmanager
def _barra(v: Ventanilla, que: str) -> Iterator[Avance]:
    with progreso(que, cuantos_hay(v)) as adelantar:

        def avanzar(hechos: int) -> None:
            for _ in range(hechos):
                adelantar()

        yield avanzar
