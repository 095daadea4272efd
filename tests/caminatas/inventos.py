"""Datos inventados que el programa acepta: uno de cada tipo, al azar y sin saber para qué son."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product

from expediente.nucleo.campo import Campo, Catalogos, hojas, opciones_de, partes_de
from expediente.nucleo.curp import digito_verificador, revisar_curp
from expediente.nucleo.faltas import Falta

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
        return f"{self.azar.choice((1, 10, 100)) * self.azar.randint(1, 60)}.{self.azar.choice('05')}0"

    def _decimal(self) -> str:
        return f"{self.azar.randint(-99, 99)}.{self.azar.randint(0, 999999):06d}"

    def _si_no(self) -> str:
        return self.azar.choice(("sí", "no"))

    def _telefono(self) -> str:
        return f"871{self.azar.randint(0, 9_999_999):07d}"

    def _codigo_postal(self) -> str:
        return f"{self.azar.randint(0, 99_999):05d}"

    def _folio(self) -> str:
        return self.azar.choice(self.folios) if self.folios else ""

    def _curp(self) -> str:
        nacido = date(1940, 1, 1) + timedelta(days=self.azar.randint(0, 30_000))
        siglo = str(self.azar.randint(0, 9)) if nacido.year < 2000 else self.azar.choice("ABC")
        letras = "".join(self.azar.choices("AEGLMNRST", k=4))
        consonantes = "".join(self.azar.choices("BCDFGLMNRT", k=3))
        sexo, entidad = self.azar.choice("HMX"), self.azar.choice(("DG", "CL", "NE"))
        curp = f"{letras}{nacido:%y%m%d}{sexo}{entidad}{consonantes}{siglo}"
        return curp + digito_verificador(curp)


def curps(cuantas: int) -> Iterator[str | None]:
    """Lo que está mal en cada una de tantas CURP inventadas; None si nada."""
    inventor = Inventor(random.Random(7), {})
    return (revisar_curp(inventor._curp()) for _ in range(cuantas))
