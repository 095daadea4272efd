"""Lo que se reconoce ya está en el disco: el orden en que se escribe, asegura y renombra."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from expediente.almacen.disco import TEMPORAL
from expediente.cli.app import correr
from tests.tormentas.apagones import en_un_hijo
from tests.tormentas.intentos import vaciar
from tests.tormentas.oficina_de_prueba import oficina_nueva
from tests.tormentas.ordenes import ORDENES, nombre_de_iniciar

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning"),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="lee /proc/self/fd"),
]
Suceso = tuple[str, str, str]
# La copia que se ve se rehace sola de su revisión: no espera al disco.
SE_REHACEN = ("expediente.yaml", "asiento.yaml", "entregas.yaml")
# Un informe perdido en un apagón se vuelve a hacer igual.
INFORMES = "/informes/"
SE_PUEDE_PERDER = (TEMPORAL, INFORMES, "/.parecidos", "/.cambios")


def anotar_llamadas(teclas: Sequence[str], vigilada: Path) -> list[Suceso]:
    """Lo que la orden le hizo a esa carpeta: (escribe|carpeta|renombra|asegura, ruta, a dónde)."""

    def hacer() -> int:
        sucesos: list[Suceso] = []
        asegurar = os.fsync

        def fsync(descriptor: int) -> None:
            asegurar(descriptor)
            sucesos.append(("asegura", str(Path(f"/proc/self/fd/{descriptor}").readlink()), ""))

        def gancho(suceso: str, argumentos: tuple[object, ...]) -> None:
            if suceso == "open" and isinstance(argumentos[1], str) and "r" not in argumentos[1]:
                sucesos.append(("escribe", str(argumentos[0]), ""))
            elif suceso == "os.mkdir":
                sucesos.append(("carpeta", str(argumentos[0]), ""))
            elif suceso == "os.rename":
                sucesos.append(("renombra", str(argumentos[0]), str(argumentos[1])))

        os.fsync = fsync  # type: ignore[assignment]  # en el hijo, que no vuelve
        sys.addaudithook(gancho)
        codigo = correr(teclas)
        dentro = [s for s in sucesos if s[1].startswith(str(vigilada))]
        print("\n" + json.dumps(dentro))
        return codigo

    corrida = en_un_hijo(hacer, [])
    assert corrida.codigo == 0, corrida.error
    return [(que, ruta, a) for que, ruta, a in json.loads(corrida.salida.splitlines()[-1])]


def faltas_de_orden(sucesos: list[Suceso]) -> list[str]:
    """Lo que tomó su nombre, o se dio por hecho, sin estar asegurado."""
    faltas = []
    for lugar, (que, ruta, a) in enumerate(sucesos):
        antes, despues = sucesos[:lugar], sucesos[lugar + 1 :]
        if que == "renombra" and not _se_rehace(a):
            faltas += [f"{r}: sin asegurar al renombrar" for r in _sueltos(antes, ruta)]
            if not _asegurado(despues, str(Path(a).parent)):
                faltas.append(f"{a}: su carpeta no se aseguró después de renombrar")
        # Los informes y las marcas se rehacen: perderlos no pierde nada.
        de_lo_que_vale = que == "carpeta" and not any(x in ruta for x in SE_PUEDE_PERDER)
        if de_lo_que_vale and not _asegurado(despues, str(Path(ruta).parent)):
            faltas.append(f"{ruta}: la carpeta nueva no se aseguró")
        if que == "escribe" and TEMPORAL not in ruta:
            faltas.append(f"{ruta}: se escribe sin pasar por un temporal")
    return faltas


def _se_rehace(destino: str) -> bool:
    return Path(destino).name in SE_REHACEN and TEMPORAL not in destino


def _sueltos(antes: list[Suceso], origen: str) -> list[str]:
    """Lo escrito o hecho bajo `origen`, él incluido, que después no se aseguró."""
    return [
        ruta
        for lugar, (que, ruta, _) in enumerate(antes)
        if que in ("escribe", "carpeta")
        and (ruta == origen or ruta.startswith(f"{origen}/"))
        and not _asegurado(antes[lugar:], ruta)
        # Un temporal de adentro ya tomó su nombre antes que la carpeta.
        and not any(q == "renombra" and r == ruta for q, r, _ in antes[lugar:])
    ]


def _asegurado(sucesos: list[Suceso], ruta: str) -> bool:
    return any(que == "asegura" and cual == ruta for que, cual, _ in sucesos)


@pytest.mark.parametrize("nombre", ORDENES)
def test_nada_toma_su_nombre_sin_estar_asegurado_en_el_disco(tmp_path: Path, nombre: str) -> None:
    orden = ORDENES[nombre]
    oficina = oficina_nueva(tmp_path, *orden.procedimientos)
    orden.preparar(oficina)
    oficina.archivo.mkdir(exist_ok=True)
    teclas = [*orden.teclear(oficina), "--oficina", str(oficina.raiz)]

    sucesos = anotar_llamadas(teclas, oficina.vigilada)

    assert any(que == "renombra" for que, _, _ in sucesos)
    assert faltas_de_orden(sucesos) == []


def test_una_oficina_nueva_se_asegura_entera_antes_de_tomar_su_nombre(tmp_path: Path) -> None:
    base = tmp_path / "base"
    vaciar(base)

    sucesos = anotar_llamadas(nombre_de_iniciar(base), base)

    assert faltas_de_orden(sucesos) == []
