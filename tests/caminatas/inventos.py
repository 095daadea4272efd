"""Datos inventados que el programa acepta: uno de cada tipo, al azar y sin saber para qué son."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

from expediente.nucleo.campo import Campo, Catalogos, hojas, opciones_de, partes_de
from expediente.nucleo.faltas import Falta
from tests.nucleo.test_campo import curp_al_azar

NOMBRES = ("Ana", "Íñigo", "Luz María", "José Ángel", "Zoé", "Güemes", "O'Farrill", "Nuñez")
FRASES = ("Se revisó.", "Calle sin número", "«Conforme» & al día", "Según consta", "3/4 de pulgada")
ENTEROS = ("0", "1", "2", "3", "5", "12")


class Inventor:
    """Inventa datos válidos; `hoy` es el día del caso y `folios`, los que puede citar."""

    def __init__(self, azar: random.Random, catalogos: Catalogos) -> None:
        self.azar = azar
        self.catalogos = catalogos
        self.hoy = date(2026, 1, 7)
        self.folios: Sequence[str] = ()

    def lo_que_falta(self, falta: Falta) -> str:
        """Un dato que sirve para esa falta; «» si no hay manera."""
        return self._dato(falta.tipo, falta.opciones)

    def lo_de(self, campo: Campo) -> dict[str, str]:
        """Los datos de un campo entero: todas sus partes, y uno o dos elementos si es lista."""
        lugares = [str(n) for n in range(self.azar.randint(1, min(2, campo.lista or 1)))]
        datos = {}
        for hoja, lugar in product(hojas(campo), lugares):
            opciones = tuple(opciones_de(hoja, self.catalogos))
            if hoja.obligatorio or not partes_de(campo) or self.azar.random() < 0.5:
                datos[hoja.clave.replace("#", lugar)] = self._dato(hoja.tipo, opciones)
        return datos

    def _dato(self, tipo: str, opciones: Sequence[str]) -> str:
        if opciones:
            return self.azar.choice(opciones)
        return str(getattr(self, f"_{tipo.replace('-', '_')}", self._texto)())

    def _texto(self) -> str:
        return self.azar.choice((*NOMBRES, *FRASES))

    def _fecha(self) -> str:
        dias = self.azar.choice((-200, -30, -3, -1, 0, 0, 1, 2, 5, 9, 15, 40))
        return (self.hoy + timedelta(days=dias)).isoformat()

    def _hora(self) -> str:
        return f"{self.azar.randint(7, 20):02d}:{self.azar.choice(('00', '15', '30'))}"

    def _entero(self) -> str:
        return self.azar.choice(ENTEROS)

    def _monto(self) -> str:
        return (
            f"{self.azar.choice((1, 10, 100)) * self.azar.randint(1, 60)}.{self.azar.choice('05')}0"
        )

    def _decimal(self) -> str:
        return self.azar.choice(("0", "25", "50", "100", "33.3", "-103.451234"))

    def _si_no(self) -> str:
        return self.azar.choice(("sí", "no"))

    def _telefono(self) -> str:
        return f"871{self.azar.randint(0, 9_999_999):07d}"

    def _codigo_postal(self) -> str:
        return f"{self.azar.randint(0, 99_999):05d}"

    def _folio(self) -> str:
        return self.azar.choice(self.folios) if self.folios else ""

    def _curp(self) -> str:
        return curp_al_azar(self.azar)
