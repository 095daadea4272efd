"""Cada rol que un procedimiento pide lo desempeña alguien, y está bien escrito."""

from dataclasses import replace

import pytest

from expediente.almacen.oficina import leer_oficina
from expediente.almacen.reglas import procedimiento_de_fichero
from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.puestos import roles_mal_escritos, roles_sin_nadie
from tests.nucleo.tramite import DATOS

OFICINA = leer_oficina(DATOS)
EB, _ = procedimiento_de_fichero(DATOS / "procedimientos" / "estrella-blanca.yaml")


def con_rol(de: str, a: str) -> Oficina:
    """La oficina de fábrica con ese rol escrito de otra manera en el personal."""
    personal = [
        replace(x, roles=tuple(a if rol == de else rol for rol in x.roles))
        for x in OFICINA.personal
    ]
    return replace(OFICINA, personal=tuple(personal))


def test_la_oficina_de_fabrica_tiene_quien_lo_haga_todo() -> None:
    assert list(roles_sin_nadie(OFICINA, EB)) == []
    assert list(roles_mal_escritos(OFICINA, [EB])) == []


def test_un_rol_que_nadie_desempena_se_dice_y_el_externo_no() -> None:
    [(_, dicho)] = roles_sin_nadie(con_rol("auxiliar", "ventanilla"), EB)

    assert dicho.startswith("nadie desempeña el rol «auxiliar» (Auxiliar de Área)")


@pytest.mark.parametrize("mal", ["auxilar", "Auxiliar", "auxiliares"])
def test_un_rol_mal_escrito_se_dice_con_el_que_se_quiso_decir(mal: str) -> None:
    [dicho] = roles_mal_escritos(con_rol("auxiliar", mal), [EB])

    assert f"«{mal}», que está en `roles` de «auxiliar»" in dicho
    assert dicho.endswith("¿Quiso decir «auxiliar»?")


def test_una_firma_por_un_rol_mal_escrito_tambien() -> None:
    firmas = tuple(replace(f, rol=f.rol.replace("direccion", "direcion")) for f in OFICINA.firmas)

    dichos = list(roles_mal_escritos(replace(OFICINA, firmas=firmas), [EB]))

    assert any("«direcion», que está en `firmas`" in dicho for dicho in dichos)
