"""Un intento: la oficina como en su molde, una orden con su falla, y su remedio."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.tormentas.apagones import Corrida, Falla, correr_orden
from tests.tormentas.oficina_de_prueba import (
    Estado,
    OficinaDePrueba,
    comprobar_que_nada_se_perdio,
    comprobar_reparada,
    estado_de,
    historias,
    oficina_nueva,
)
from tests.tormentas.ordenes import Orden

# Repetir la orden tras el remedio: se hace, o se dice que ya estaba hecha.
REPETIDA = (0, 69)


@dataclass(frozen=True)
class Ensayo:
    """Una orden con su oficina lista, lo que se teclea, sus finales buenos y sus sucesos.

    Los finales son el de darla una vez y, si la orden suma, también el de darla dos.
    """

    oficina: OficinaDePrueba
    teclas: Sequence[str]
    finales: Sequence[Estado]
    sucesos: int

    def intentar(self, falla: Falla) -> Corrida:
        """La orden sobre la oficina recién puesta, con esa falla; nada de antes se pierde."""
        self.oficina.reponer()
        antes = historias(self.oficina)
        corrida = correr_orden(self.teclas, [self.oficina.vigilada], falla)
        comprobar_que_nada_se_perdio(self.oficina, antes)
        return corrida

    def rematar(self, reparar_primero: bool) -> None:
        """Reparar y repetir, en un orden o en el otro, llevan al final de siempre."""
        antes = historias(self.oficina)
        if reparar_primero:
            comprobar_reparada(self.oficina)
        repetida = correr_orden(self.teclas, [self.oficina.vigilada])
        assert repetida.codigo in REPETIDA, repetida.error
        comprobar_que_nada_se_perdio(self.oficina, antes)
        comprobar_reparada(self.oficina)
        quedo = estado_de(self.oficina)
        assert quedo in self.finales, diferencias(quedo, self.finales)


def ensayo_de(base: Path, orden: Orden) -> Ensayo:
    """El ensayo de una orden, que ya se dio dos veces para saber cómo debe quedar."""
    oficina = oficina_nueva(base, *orden.procedimientos)
    orden.preparar(oficina)
    oficina.archivo.mkdir(exist_ok=True)
    oficina.guardar_molde()
    teclas = [*orden.teclear(oficina), "--oficina", str(oficina.raiz)]
    finales: list[Estado] = []
    corridas: list[Corrida] = []
    for _ in range(2):
        corridas.append(correr_orden(teclas, [oficina.vigilada]))
        assert corridas[-1].codigo in REPETIDA, corridas[-1].error
        finales.append(estado_de(oficina))
    if not orden.suma:
        assert finales[0] == finales[1], "repetir la orden cambió algo"
    assert corridas[0].sucesos
    return Ensayo(oficina, teclas, finales, corridas[0].sucesos)


def diferencias(quedo: Estado, finales: Sequence[Estado]) -> str:
    """Lo que sobra o falta en cada parte, contra el primero de los finales."""
    return "; ".join(
        f"{parte}: quedó {quedo[parte]} y se esperaba {finales[0][parte]}"
        for parte in quedo
        if quedo[parte] != finales[0][parte]
    )


def vaciar(carpeta: Path) -> None:
    """Deja la carpeta como recién hecha."""
    shutil.rmtree(carpeta, ignore_errors=True)
    carpeta.mkdir()
