"""Las cifras de un informe sin pasar por Typer ni leer un YAML: del índice a la pantalla.

Es sólo aprisa: lo que aquí no se reconoce o no está fresco da None, y la orden sigue por
el camino de siempre, que dice lo mismo. Por eso nada de aquí explica errores.
"""

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

_PERIODOS = {f"--{clase}": clase for clase in ("dia", "semana", "mes", "trimestre", "anio")}


def cifras_al_paso(argumentos: Sequence[str]) -> int | None:
    """Enseña las cifras que se piden y da el código de salida; None si no es por aquí."""
    if "informe" not in argumentos[:1] or "--cifras" not in argumentos:
        return None
    pedido = _leer(argumentos[1:])
    if pedido is None:
        return None
    from expediente.almacen.raiz import raiz_de_la_oficina

    pedida = pedido.pop("--oficina", os.environ.get("EXPEDIENTE_OFICINA"))
    raiz = raiz_de_la_oficina(Path.cwd(), Path(pedida) if pedida else None)
    vista = _contar(raiz, pedido) if raiz else None
    if vista is None:
        return None
    from expediente.cli.salidas import con_salidas  # ya hay qué enseñar

    return con_salidas(lambda: _ensenar(vista, "--json" in pedido))


def _leer(argumentos: Sequence[str]) -> dict[str, str] | None:
    """Lo que se pidió; None si lleva algo que aquí no se atiende."""
    pedido: dict[str, str] = {}
    quedan = iter(argumentos)
    for argumento in quedan:
        if argumento in ("--cifras", "--json"):
            pedido[argumento] = ""
        elif argumento in (*_PERIODOS, "--oficina"):
            valor = next(quedan, "-")
            if argumento in pedido or valor.startswith("-"):
                return None
            pedido[argumento] = valor
        elif argumento.startswith("-") or "clave" in pedido:
            return None
        else:
            pedido["clave"] = argumento
    de_periodo = [opcion for opcion in _PERIODOS if opcion in pedido]
    return pedido if "clave" in pedido and len(de_periodo) <= 1 else None


def _contar(raiz: Path, pedido: dict[str, str]) -> Any:
    # Cada uno se carga hasta que se sabe que hace falta.
    from expediente.almacen.cifras_guardadas import contar_guardado, resumen_guardado
    from expediente.almacen.frescura import esta_al_dia, sin_tocar
    from expediente.almacen.huellas import vistazo
    from expediente.almacen.indice import SinIndice, abrir_indice, sin_estorbar
    from expediente.nucleo.errores import ErrorUso

    try:
        with sin_estorbar(raiz):
            indice = abrir_indice(raiz, espera=0.2, crear=False)
            if indice is None:
                return None
            with indice:
                # Primero `esta_al_dia`, que fija lo que se lee.
                if not esta_al_dia(indice, vistazo(raiz)) or not sin_tocar(indice):
                    return None
                al = _ahora(indice.ajuste("zona"), indice.ajuste("de_prueba"))
                dice = resumen_guardado(indice, pedido["clave"])
                if al is None or dice is None:
                    return None
                if indice.con_problema(dice["procedimientos"]):
                    return None  # lo ilegible se dice al pie
                periodo = _periodo(pedido, dice["periodos"], al.date())
                if periodo.desde > al.date():
                    return None  # no ha empezado: el otro camino lo explica
                corte = periodo.corte(al)
                conteo = contar_guardado(indice, dice, periodo.desde, periodo.hasta, al, corte)
    except (SinIndice, ErrorUso):
        return None
    return None if conteo is None else _vista(dice, periodo, al, conteo)


def _ahora(zona: str, de_prueba: str) -> datetime | None:
    from zoneinfo import ZoneInfo

    escrito = os.environ.get("EXPEDIENTE_AHORA")
    if not zona or (escrito and not de_prueba):
        return None  # el aviso de que se ignora lo da el otro camino
    if not escrito:
        return datetime.now(ZoneInfo(zona)).replace(microsecond=0)
    try:
        dicho = datetime.fromisoformat(escrito)
    except ValueError:
        return None
    return None if dicho.tzinfo else dicho.replace(tzinfo=ZoneInfo(zona), microsecond=0)


def _periodo(pedido: dict[str, str], admite: Sequence[str], hoy: date) -> Any:
    from expediente.nucleo.periodo import PeriodoEscrito

    escritos = {clase: pedido.get(opcion) for opcion, clase in _PERIODOS.items()}
    return PeriodoEscrito(**escritos).leer(hoy, admite)


def _vista(dice: Any, periodo: Any, al: datetime, conteo: Any) -> Any:
    from expediente.cli.vista_de_cifras import Vista
    from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO

    return Vista(
        clave=dice["clave"],
        nombre=dice["nombre"],
        periodo=periodo,
        al=al,
        totales=conteo.totales,
        nombres={**NOMBRES_DEL_MOVIMIENTO, **dict(dice["totales"])},
        grupos=conteo.grupos,
        nombres_de_grupos=dict(dice["grupos"]),
    )


def _ensenar(vista: Any, json: bool) -> int:
    import sys

    from expediente.cli.pantalla import avisar, en_json
    from expediente.cli.vista_de_cifras import ensenar_cifras, vista_json
    from expediente.nucleo.movimiento import cuadra

    try:
        if json:
            en_json(vista_json(vista))
        else:
            ensenar_cifras(vista, con_grupos=True)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        from expediente.almacen.disco import en_error  # casi nunca hace falta

        problema = en_error(error, Path("disco"))
        avisar(f"Error: {problema.mensaje}")
        return problema.codigo_salida
    return 0 if cuadra(vista.totales) else 1
