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
_OFICINA = "oficina.yaml"


def cifras_al_paso(argumentos: Sequence[str]) -> int | None:
    """Enseña las cifras que se piden y da el código de salida; None si no es por aquí."""
    if "informe" not in argumentos[:1] or "--cifras" not in argumentos:
        return None
    pedido = _leer(argumentos[1:])
    if pedido is None:
        return None
    raiz = _hallar(pedido.pop("--oficina", os.environ.get("EXPEDIENTE_OFICINA")))
    return _responder(raiz, pedido) if raiz else None


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


def _hallar(pedida: str | None) -> Path | None:
    aqui = Path.cwd()
    for carpeta in [Path(pedida)] if pedida else [aqui, *aqui.parents]:
        if (carpeta / _OFICINA).is_file():
            return carpeta.resolve()
    return None


def _responder(raiz: Path, pedido: dict[str, str]) -> int | None:
    # Cada uno se carga hasta que se sabe que hace falta.
    from expediente.almacen.cifras_guardadas import contar_guardado, resumen_guardado
    from expediente.almacen.frescura import esta_al_dia
    from expediente.almacen.huellas import vistazo
    from expediente.almacen.indice import SinIndice, abrir_indice, sin_estorbar
    from expediente.nucleo.errores import ErrorUso

    try:
        with sin_estorbar(raiz):
            indice = abrir_indice(raiz, espera=0.2, crear=False)
            if indice is None:
                return None
            with indice:
                if not esta_al_dia(indice, vistazo(raiz)):  # primero: fija lo que se lee
                    return None
                al = _ahora(indice.ajuste("zona"), indice.ajuste("de_prueba"))
                dice = resumen_guardado(indice, pedido["clave"])
                if al is None or dice is None:
                    return None
                if indice.con_problema(dice["procedimientos"]):
                    return None  # lo ilegible se dice al pie
                periodo = _periodo(pedido, dice["periodos"], al.date())
                corte = periodo.corte(al)
                conteo = contar_guardado(indice, dice, periodo.desde, periodo.hasta, al, corte)
    except (SinIndice, ErrorUso):
        return None
    return None if conteo is None else _ensenar(dice, periodo, al, conteo, "--json" in pedido)


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
    from expediente.nucleo.periodo import periodo_pedido

    escritos = {clase: pedido.get(opcion) for opcion, clase in _PERIODOS.items()}
    return periodo_pedido(**escritos, hoy=hoy, admite=admite)


def _ensenar(dice: Any, periodo: Any, al: datetime, conteo: Any, json: bool) -> int:
    from expediente.cli.pantalla import en_json
    from expediente.cli.vista_de_cifras import Vista, ensenar_cifras, vista_json
    from expediente.nucleo.movimiento import NOMBRES_DEL_MOVIMIENTO, cuadra

    vista = Vista(
        clave=dice["clave"],
        nombre=dice["nombre"],
        periodo=periodo,
        al=al,
        totales=conteo.totales,
        nombres={**NOMBRES_DEL_MOVIMIENTO, **dict(dice["totales"])},
        grupos=conteo.grupos,
        nombres_de_grupos=dict(dice["grupos"]),
    )
    if json:
        en_json(vista_json(vista))
    else:
        ensenar_cifras(vista, con_grupos=True)
    return 0 if cuadra(conteo.totales) else 1
