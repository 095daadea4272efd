"""Las pruebas prueban: cada regla del motor, rota a propósito, hace fallar la suya.

Cada renglón de la tabla cambia un texto del programa por otro en una copia del paquete y
corre una sola prueba, que debe fallar. Si el código cambió y el texto ya no está, o está
dos veces, la prueba lo dice: entonces se busca cómo se escribe ahora la misma regla.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import expediente

PAQUETE = Path(expediente.__file__).parent
RAIZ = Path(__file__).parents[1]


class Mutacion(NamedTuple):
    """Una regla rota: en qué módulo, qué se cambia por qué, y quién lo nota."""

    modulo: str
    viejo: str
    nuevo: str
    prueba: str


MUTACIONES = [
    # Las ramas y su reunión.
    Mutacion(
        "nucleo/repaso.py",
        "listos = [c for c in esperan if not _falta_llegar(p, c, activos, esperan)]",
        "listos = list(esperan)",
        "nucleo/test_reuniones.py::test_la_reunion_espera_a_la_rama_que_falta",
    ),
    Mutacion(
        "nucleo/repaso.py",
        "elif clave not in activos:\n            activos.append(clave)",
        "else:\n            activos = [clave]",
        "nucleo/test_reuniones.py::test_las_ramas_tocan_a_la_vez",
    ),
    Mutacion(
        "nucleo/repaso.py",
        "en_reunion=tuple(c for c in esperan if c not in listos),",
        "en_reunion=(),",
        "nucleo/test_reuniones.py::test_la_reunion_espera_a_la_rama_que_falta",
    ),
    # Las vueltas contadas.
    Mutacion(
        "nucleo/repaso.py",
        "veces > salida.maximo:",
        "veces >= salida.maximo:",
        "nucleo/test_avance.py::test_la_tercera_inconformidad_sube_a_la_direccion",
    ),
    Mutacion(
        "nucleo/faltas.py",
        "repetido = paso.clave in estado.ocurrio",
        "repetido = False",
        "nucleo/test_avance.py::test_en_una_vuelta_nueva_se_dice_otra_vez_que_se_hizo",
    ),
    # Lo que se espera y lo que falta.
    Mutacion(
        "nucleo/avance.py",
        'fecha > hechos["hoy"]',
        'fecha >= hechos["hoy"]',
        "nucleo/test_pasos.py::test_un_paso_que_espera_una_fecha_no_se_da_antes",
    ),
    Mutacion(
        "nucleo/avance.py",
        "    _revisar_espera(paso, hechos)\n",
        "",
        "nucleo/test_pasos.py::test_un_paso_que_espera_una_fecha_no_se_da_antes",
    ),
    Mutacion(
        "nucleo/avance.py",
        "    _revisar_falta(p, paso, salida.captura, despues, valen, hechos, catalogos)\n",
        "",
        "nucleo/test_pasos.py::test_un_dato_que_solo_pide_un_resultado_no_estorba_al_otro",
    ),
    Mutacion(
        "nucleo/faltas.py",
        'return [f"{requisito.clave}.{n}" for n in elementos_de(requisito.por_cada, datos)]',
        'return [f"{requisito.clave}.0"]',
        "nucleo/test_pasos.py::test_se_exige_un_requisito_por_cada_uno",
    ),
    Mutacion(
        "nucleo/faltas.py",
        "if r.clave in paso.requisitos or (paso.pide_requisitos and r.clave not in nombrados)",
        "if r.clave in paso.requisitos or paso.pide_requisitos",
        "nucleo/test_pasos.py::test_el_requisito_que_depende_de_un_dato_se_pide_solo_entonces",
    ),
    Mutacion(
        "nucleo/papeles.py",
        'todas += [f"{clave}.{n}" for n in numeros] if lista else [clave]',
        "todas += [clave]",
        "nucleo/test_pasos.py::test_sale_un_documento_por_cada_uno_con_su_numero",
    ),
    # Quién decide.
    Mutacion(
        "nucleo/avance.py",
        "if paso.autoriza or not all(s.clave and s.si for s in paso.salidas):",
        "if not all(s.clave and s.si for s in paso.salidas):",
        "nucleo/test_pasos.py::test_lo_que_alguien_autoriza_no_se_elige_solo",
    ),
    Mutacion(
        "nucleo/avance.py",
        "    if rol.clave not in por.roles:\n",
        "    if not por.roles:\n",
        "nucleo/test_avance.py::test_solo_autoriza_quien_tiene_el_rol",
    ),
    Mutacion(
        "nucleo/avance.py",
        "if salida.si is not None and not salida.si.cumple(hechos):",
        "if False:",
        "nucleo/test_pasos.py::test_lo_que_no_se_cumple_no_se_elige",
    ),
    # Los recursos.
    Mutacion(
        "nucleo/tomas.py",
        "cantidad > queda:",
        "cantidad >= queda:",
        "nucleo/test_recursos.py::test_se_aparta_lo_que_alcanza_justo",
    ),
    Mutacion(
        "nucleo/tomas.py",
        "if clave not in tiene or como == APARTADO:",
        "if True:",
        "nucleo/test_recursos.py::test_lo_apartado_se_presta_sin_volver_a_tomarlo",
    ),
    Mutacion(
        "nucleo/avance.py",
        "        revisar_prestado(p, estado, tomas)\n",
        "        pass\n",
        "nucleo/test_recursos.py::test_lo_prestado_no_deja_terminar",
    ),
    Mutacion(
        "nucleo/repaso.py",
        "replace(t, estado=DEVUELTO) if t.estado == APARTADO else t for t in estado.tomas",
        "t for t in estado.tomas",
        "nucleo/test_recursos.py::test_lo_apartado_se_libera_si_el_caso_termina_sin_darlo",
    ),
    # Los eventos.
    Mutacion(
        "nucleo/repaso.py",
        "        documentos=sin_reservas(estado.documentos, a),\n",
        "",
        "nucleo/test_reglas_de_eventos.py::test_lo_reservado_se_cancela_al_terminar",
    ),
    Mutacion(
        "nucleo/repaso.py",
        "suspensiones=_reanudadas(estado.suspensiones, a.ocurrio),\n        documentos",
        "documentos",
        "nucleo/test_reglas_de_eventos.py::test_el_que_termina_suspendido_ya_no_esta_suspendido",
    ),
    Mutacion(
        "nucleo/repaso.py",
        "previos=estado.pasos if estado.pasos and a.tipo != \"avance\" else estado.previos,",
        "previos=estado.previos,",
        "nucleo/test_reglas_de_eventos.py::test_reabrir_vuelve_a_donde_estaba",
    ),
    Mutacion(
        "nucleo/reglas_de_eventos.py",
        'if clave == "prevenir" and estado.prevenido:',
        "if False:",
        "nucleo/test_reglas_de_eventos.py::test_solo_se_previene_una_vez",
    ),
    Mutacion(
        "nucleo/reglas_de_eventos.py",
        "    if clave in estado.prorrogas:\n",
        "    if False:\n",
        "nucleo/test_reglas_de_eventos.py::test_solo_se_prorroga_una_vez",
    ),
    Mutacion(
        "nucleo/reglas_de_eventos.py",
        "not 0 < cantidad <= max(total // 2, 1):",
        "not 0 < cantidad <= total:",
        "nucleo/test_reglas_de_eventos.py::test_la_prorroga_es_de_hasta_la_mitad_del_plazo",
    ),
    Mutacion(
        "nucleo/reglas_de_eventos.py",
        "    if corren[clave]:\n",
        "    if not corren[clave]:\n",
        "nucleo/test_reglas_de_eventos.py::test_solo_se_prorroga_antes_de_vencer",
    ),
    Mutacion(
        "nucleo/reglas_de_eventos.py",
        "    if evento.termina:\n        revisar_prestado(p, estado)\n",
        "",
        "nucleo/test_recursos.py::test_lo_prestado_no_deja_terminar",
    ),
    Mutacion(
        "operaciones/eventos.py",
        '<= vence:\n            raise NoPermitido(',
        '< vence:\n            raise NoPermitido(',
        "operaciones/test_eventos.py::test_la_prevencion_se_desecha_solo_pasado_su_plazo",
    ),
    Mutacion(
        "operaciones/eventos.py",
        "elif not any(x.vencido(a.ocurrio) for x in",
        "elif not any(True for x in",
        "operaciones/test_eventos.py::test_solo_caduca_lo_que_ya_vencio",
    ),
    # Deshacer.
    Mutacion(
        "nucleo/deshacer.py",
        '        yield {"clave": doc.clave, "estado": POR_RESERVAR, "numero": doc.numero or ""}\n',
        "        yield _por_cancelar(doc.clave, doc.numero or \"\")\n",
        "nucleo/test_deshacer.py::test_el_numero_emitido_vuelve_a_estar_reservado",
    ),
    Mutacion(
        "nucleo/deshacer.py",
        '        if a.tipo == "documento":\n            efectos.append(str(a.numero))\n',
        '        if a.tipo == "documento":\n            pass\n',
        "nucleo/test_deshacer.py::test_con_el_paso_se_deshace_lo_que_produjo_en_el_libro",
    ),
    Mutacion(
        "nucleo/deshacer.py",
        "    if doc.estado == ENTREGADO:\n",
        "    if False:\n",
        "nucleo/test_deshacer.py::test_lo_entregado_ya_no_se_deshace",
    ),
    Mutacion(
        "nucleo/papeles.py",
        "documentos = (nuevo, *documentos) if muerto else (*documentos, nuevo)",
        "documentos = (*documentos, nuevo)",
        "operaciones/test_eventos.py::test_lo_deshecho_y_vuelto_a_autorizar_se_entrega_como_siempre",
    ),
    # Los casos ligados.
    Mutacion(
        "operaciones/vinculos.py",
        "        except OrigenTomado as tomado:\n            folio = tomado.folio\n",
        "        except ZeroDivisionError:\n            raise\n",
        "operaciones/test_eventos.py::test_lo_que_un_paso_abre_se_abre_una_sola_vez",
    ),
    Mutacion(
        "operaciones/vinculos.py",
        "            _asentar_relacion(v, folio, asunto.folio, INVERSAS[como])\n",
        "            pass\n",
        "operaciones/test_eventos.py::test_acumular_consta_en_los_dos_casos",
    ),
    # Los números y el dinero con letra.
    Mutacion(
        "nucleo/numerales.py",
        'de = "de " if numero and numero % 10**6 == 0 else ""',
        'de = ""',
        "nucleo/test_numerales.py::"
        "test_lo_contado_va_en_singular_si_es_uno_y_con_de_tras_los_millones_cerrados",
    ),
    Mutacion(
        "nucleo/dinero.py",
        "quantize(_CENTAVO, ROUND_HALF_UP, _HOLGADO)",
        "quantize(_CENTAVO, None, _HOLGADO)",
        "nucleo/test_dinero.py::test_el_medio_centavo_sube_igual_en_las_cifras_que_en_la_letra",
    ),
    # El orden del libro y los recordatorios.
    Mutacion(
        "operaciones/numeracion.py",
        "fecha.isoformat() >= ultimo.fecha_de_orden:",
        "True:",
        "operaciones/test_libro.py::"
        "test_un_oficio_fechado_antes_que_el_ultimo_se_rechaza_y_no_toma_numero",
    ),
    Mutacion(
        "operaciones/numeracion.py",
        "    if fecha.year < v.ahora.year:\n",
        "    if False:\n",
        "operaciones/test_libro.py::test_un_anio_que_ya_termino_pide_su_motivo_y_no_mueve_el_nuevo",
    ),
    Mutacion(
        "operaciones/numeracion.py",
        "partes is not None and partes[0] != fecha_de(asunto, doc).year",
        "partes is None",
        "operaciones/test_libro.py::"
        "test_lo_reservado_en_diciembre_y_firmado_en_enero_toma_numero_de_enero",
    ),
    Mutacion(
        "nucleo/reiteracion.py",
        "d.emitido >= desde))",
        "True))",
        "operaciones/test_recordatorios.py::"
        "test_a_la_dependencia_nueva_se_le_cuenta_desde_el_primero",
    ),
    Mutacion(
        "nucleo/reiteracion.py",
        "[d for d in suyos if d.nivel <= nivel] or suyos",
        "suyos",
        "operaciones/test_recordatorios.py::test_el_nivel_sube_solo_y_el_tercero_lleva_copia",
    ),
    # Las cartas en Word.
    Mutacion(
        "documentos/huecos.py",
        'antes + "<w:p/>" if vacio else antes',
        "antes",
        "documentos/test_via_corta.py::test_lo_que_queda_vacio_no_rompe_el_documento",
    ),
    Mutacion(
        "documentos/renglones.py",
        'return None if es_aspero("".join(chain.from_iterable(por_columna))) else por_columna',
        "return por_columna",
        "documentos/test_via_corta.py::test_un_renglon_llano_sale_igual_por_las_dos_vias",
    ),
    Mutacion(
        "documentos/confianza.py",
        "if clase in _INCRUSTADAS:",
        "if False:",
        "documentos/test_paquete_hostil.py::"
        "test_una_liga_que_no_es_un_hipervinculo_se_rechaza_con_su_remedio",
    ),
    Mutacion(
        "documentos/paquete.py",
        "        if ficha.header_offset < libre:\n",
        "        if False:\n",
        "documentos/test_paquete_hostil.py::test_una_bomba_zip_no_se_descomprime",
    ),
    Mutacion(
        "documentos/hoja_membretada.py",
        "seccion.titlePg_val = es_primera and hoja.primera_distinta",
        "seccion.titlePg_val = hoja.primera_distinta",
        "documentos/test_hoja_membretada.py::"
        "test_cada_seccion_lleva_la_suya_y_la_primera_pagina_es_la_del_documento",
    ),
    Mutacion(
        "documentos/juntar.py",
        "        suyos[0] = los_suyos_o_ninguno(suyos[0], secciones, pares, juntas.vacio)\n",
        "",
        "documentos/test_juntar.py::test_el_que_no_tiene_encabezado_no_hereda_el_del_anterior",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def copia(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un árbol aparte, con el paquete, sus datos y las pruebas, donde se puede romper."""
    arbol = tmp_path_factory.mktemp("mutado")
    for nombre in ("expediente", "tests", "datos", "plantillas"):
        sin = shutil.ignore_patterns("__pycache__")
        shutil.copytree(RAIZ / nombre, arbol / nombre, ignore=sin)
    shutil.copy(RAIZ / "pyproject.toml", arbol)
    return arbol


def correr(copia: Path, pruebas: list[str]) -> subprocess.CompletedProcess[str]:
    """Corre esas pruebas con el paquete de la copia."""
    orden = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--basetemp=tmp"]
    return subprocess.run(
        [*orden, *(f"tests/{prueba}" for prueba in pruebas)],
        cwd=copia,
        env={**os.environ, "PYTHONPATH": str(copia), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("mutacion", MUTACIONES, ids=lambda m: f"{m.modulo}-{m.viejo[:40].strip()}")
def test_cada_regla_esta_escrita_una_sola_vez(mutacion: Mutacion) -> None:
    escrito = (PAQUETE / mutacion.modulo).read_text(encoding="utf-8")

    assert escrito.count(mutacion.viejo) == 1
    assert mutacion.viejo != mutacion.nuevo


@pytest.mark.largo
def test_sin_romper_nada_todas_pasan(copia: Path) -> None:
    hecho = correr(copia, sorted({m.prueba for m in MUTACIONES}))

    assert hecho.returncode == 0, hecho.stdout


@pytest.mark.largo
@pytest.mark.parametrize("mutacion", MUTACIONES, ids=lambda m: m.prueba.split("::")[1])
def test_la_regla_rota_se_nota(copia: Path, mutacion: Mutacion) -> None:
    modulo = copia / "expediente" / mutacion.modulo
    sano = modulo.read_text(encoding="utf-8")
    modulo.write_text(sano.replace(mutacion.viejo, mutacion.nuevo), encoding="utf-8")

    hecho = correr(copia, [mutacion.prueba])
    modulo.write_text(sano, encoding="utf-8")

    assert hecho.returncode == 1, hecho.stdout
    assert f"FAILED tests/{mutacion.prueba}" in hecho.stdout
    assert "NameError" not in hecho.stdout and "ImportError" not in hecho.stdout
