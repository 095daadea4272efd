"""Lo que da la oficina de verdad, del índice o de los ficheros, es lo que da el oráculo."""

import random
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from expediente.almacen.cifras_guardadas import Conteo, contar_guardado, resumen_guardado
from expediente.almacen.indice import abrir_indice
from expediente.nucleo.cifras import Cifras
from expediente.nucleo.informe import DOCUMENTOS, Informe
from expediente.nucleo.periodo import Periodo
from expediente.operaciones.informes import contar
from expediente.operaciones.ventanilla import Ventanilla, sentarse
from tests.conftest import copiar, olvidar_lo_leido
from tests.informes.al_azar import (
    DE_FABRICA,
    Historia,
    escribir,
    informe_de_todo,
    momentos_de,
    oficina_de_fabrica,
    vivir,
)
from tests.informes.lectura import Expediente, expedientes
from tests.informes.oraculo import recontar
from tests.informes.test_oraculo import informes_sobre, periodos_al_azar

TARDE = datetime(2026, 12, 20, 12, 0)


def comparar(v: Ventanilla, casos: Sequence[Expediente], informe: Informe, p: Periodo) -> Cifras:
    """Lo que dice la oficina, que es lo que dice el oráculo."""
    hecho = contar(v, informe, p, v.ahora)
    debido = recontar(oficina_de_fabrica(), casos, informe, p, v.ahora)
    donde = f"{informe.clave}, {p.clave}, al {v.ahora.isoformat()}"

    assert hecho.problemas == (), donde
    assert hecho.cifras.totales == debido.totales, donde
    assert {k: list(v) for k, v in hecho.cifras.folios.items()} == debido.folios, donde
    assert [dict(f) for f in hecho.cifras.filas] == debido.filas, donde
    assert {k: dict(v) for k, v in hecho.cifras.grupos.items()} == debido.grupos, donde
    if (conteo := ya_contado(v, informe, p)) is not None:
        assert conteo == (debido.totales, debido.grupos), f"ya contado: {donde}"
    return hecho.cifras


def ya_contado(v: Ventanilla, informe: Informe, p: Periodo) -> Conteo | None:
    """Lo que dice el camino corto, que no lee casos; None si no puede con este informe."""
    indice = abrir_indice(v.raiz, crear=False)
    if indice is None:
        return None
    with indice:
        dice = resumen_guardado(indice, informe.clave)
        if dice is None:
            return None
        return contar_guardado(indice, dice, p.desde, p.hasta, v.ahora, p.corte(v.ahora))


def recorrer(raiz: Path, claves: Sequence[str], semilla: int, cuantos: int, veces: int) -> None:
    """Una oficina al azar en el disco, e informes de ella a muchos cortes, en desorden."""
    print(f"semilla {semilla}")
    historias: list[Historia] = []
    for clave in claves:
        suyas = vivir(clave, semilla, cuantos)
        escribir(raiz, suyas)
        historias += suyas
    olvidar_lo_leido()
    casos = list(expedientes(raiz))
    assert len(casos) == len(historias)
    azar = random.Random(f"disco-{semilla}")
    for clave in claves:
        for informe in informes_sobre(clave):
            for periodo in periodos_al_azar(azar, veces):
                al = azar.choice(momentos_de(historias, azar, 5))
                comparar(
                    sentarse(raiz, al.replace(tzinfo=None), "recepcion"), casos, informe, periodo
                )


def test_la_oficina_dice_lo_que_el_oraculo_a_cualquier_corte(oficina: Path) -> None:
    recorrer(oficina, ("reporte-servicio", "estrella-blanca"), semilla=3, cuantos=3, veces=2)


@pytest.mark.largo
@pytest.mark.parametrize("semilla", range(4))
def test_una_oficina_con_todos_los_procedimientos(
    semilla: int, oficina_de_fabrica: Path, tmp_path: Path
) -> None:
    copiar(oficina_de_fabrica, tmp_path / "oficina")
    recorrer(tmp_path / "oficina", DE_FABRICA, semilla, cuantos=5, veces=6)


def test_hecho_despues_con_el_corte_de_antes_da_lo_que_dio(oficina: Path) -> None:
    """El informe de un momento se hace entonces, la vida sigue, y se vuelve a pedir."""
    historias = vivir("reporte-servicio", 4, 6)
    al = sorted(a.capturado for h in historias for a in h.actuaciones)[40]
    informes = [informe_de_todo(h.p, r) for h in historias[:1] for r in ("casos", DOCUMENTOS)]
    mes = Periodo("mes", al.date().replace(day=1), al.date().replace(day=31))
    de_entonces = [
        Historia(h.p, h.folio, tuple(a for a in h.actuaciones if a.capturado <= al))
        for h in historias
        if h.actuaciones[0].capturado <= al
    ]
    escribir(oficina, de_entonces)
    entonces = sentarse(oficina, al.replace(tzinfo=None), "recepcion")
    dicho = [contar(entonces, informe, mes, al).cifras for informe in informes]

    for h in historias:
        carpeta = oficina / "expedientes" / "2026" / h.folio
        if carpeta.exists():
            publicar_lo_que_siguio(carpeta, h)
        else:
            escribir(oficina, [h])
    olvidar_lo_leido()
    despues = sentarse(oficina, TARDE, "recepcion")

    assert [contar(despues, informe, mes, al).cifras for informe in informes] == dicho
    assert contar(despues, informes[0], mes, despues.ahora).cifras != dicho[0]


def publicar_lo_que_siguio(carpeta: Path, h: Historia) -> None:
    """La revisión siguiente del caso, con toda su historia."""
    from expediente.almacen.casos import publicar_cambio
    from expediente.nucleo.caso import Caso

    caso = Caso(h.folio, h.p.clave, h.p.version, 2, h.actuaciones)
    assert publicar_cambio(carpeta, caso) is not None
