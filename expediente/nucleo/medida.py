"""Un número con decimales que no es dinero: metros, coordenadas, litros."""

from decimal import Decimal


class Medida(Decimal):
    """Se lee tal cual, sin signo de pesos; sus cuentas son las de cualquier Decimal."""
