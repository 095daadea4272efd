"""Los montos en pesos como se escriben en México: con cifras y con letra.

El medio centavo se redondea hacia arriba, igual en las cifras que en la letra.
"""

from decimal import ROUND_HALF_UP, Context, Decimal

from expediente.nucleo.numerales import cuantos_en_letra

_CENTAVO = Decimal("0.01")
_HOLGADO = Context(prec=60)


def pesos(monto_mxn: Decimal) -> str:
    """«$1,500.10»."""
    redondo = _al_centavo(monto_mxn)
    return f"{'-' if redondo < 0 else ''}${abs(redondo):,.2f}"


def pesos_en_letra(monto_mxn: Decimal) -> str:
    """«MIL QUINIENTOS PESOS 10/100 M.N.».

    Lo negativo lleva «MENOS». Lanza ValueError si pasa de dieciocho cifras.
    """
    redondo = _al_centavo(monto_mxn)
    enteros, centavos = divmod(int(abs(redondo).scaleb(2, _HOLGADO)), 100)
    letra = cuantos_en_letra(enteros, "peso", "pesos")
    return f"{'menos ' if redondo < 0 else ''}{letra} {centavos:02d}/100 m.n.".upper()


def pesos_con_letra(monto_mxn: Decimal) -> str:
    """«$1,500.10 (MIL QUINIENTOS PESOS 10/100 M.N.)»."""
    return f"{pesos(monto_mxn)} ({pesos_en_letra(monto_mxn)})"


def _al_centavo(monto_mxn: Decimal) -> Decimal:
    redondo = monto_mxn.quantize(_CENTAVO, ROUND_HALF_UP, _HOLGADO)
    # No hay «menos cero pesos».
    return redondo or abs(redondo)
