"""Lo que ve quien no escribió el procedimiento: qué falta, qué orden lo da, qué pasó."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.cli.oficinista import en_terminal, objeto
from tests.conftest import Correr

LUNES = "2026-11-23 09:30"
FOLIO = "PF-2026-0001"
FERIA = """\
clave: feria
nombre: Puesto en la feria
version: '1'
prefijo: PF
serie: 1S.1
manual: {clave: A-REC, nombre: Recepción}
roles:
  - {clave: auxiliar, nombre: Auxiliar de Área}
  - {clave: direccion, nombre: Dirección}
campos:
  - {clave: solicitante, nombre: Quien lo pide, tipo: persona}
  - clave: giro
    nombre: Giro
    tipo: opcion
    obligatorio: sí
    opciones: [{clave: comida, nombre: Comida}, {clave: ropa, nombre: Ropa}]
  - {clave: tarjeta, nombre: Tarjeta, obligatorio_si: giro == 'comida'}
  - {clave: salud, nombre: Estado de salud, sensible: sí}
  - {clave: monto, nombre: Pago, tipo: monto, obligatorio: sí}
  - {clave: dia, nombre: Día de la feria, tipo: fecha}
requisitos:
  - {clave: sanidad, nombre: Tarjeta de sanidad, obligatorio_si: giro == 'comida'}
documentos:
  - {clave: permiso, nombre: Permiso, plantilla: permiso.docx, libro: DG, firma: direccion}
recursos:
  - {clave: lugar, nombre: Lugar, existencia: lugares, renglon: giro}
plazos:
  - {clave: respuesta, nombre: Respuesta, cantidad: '10', meta: '5', hasta: decidir}
situaciones: {revocado: Permiso revocado, vendiendo: Permiso vigente}
apertura: pedir
pasos:
  - clave: pedir
    responsable: auxiliar
    actividad: Recibe la solicitud.
    captura: [solicitante]
    sigue: [revisar, medir]
  - clave: revisar
    responsable: auxiliar
    actividad: Revisa.
    captura: [giro, tarjeta, salud, dia]
    pide_requisitos: sí
    plazo: {cantidad: '3', nombre: Revisión, escala: direccion}
    sigue: decidir
  - {clave: medir, responsable: auxiliar, actividad: Mide el lugar., sigue: decidir}
  - clave: decidir
    responsable: direccion
    actividad: Decide.
    autoriza: sí
    reune: sí
    resultados:
      - {clave: concede, nombre: Concede, captura: [monto], sigue: vender}
      - {clave: niega, nombre: Niega, motivo: sí, final: negado}
  - clave: vender
    responsable: auxiliar
    actividad: Vigila la venta.
    espera_hasta: dia
    situacion: vendiendo
    resultados:
      - clave: quejas
        nombre: Hay una queja
        sigue: vender
        maximo: '1'
        al_exceder: revocar
      - {clave: escrito, nombre: Pide su permiso, emite: permiso, sigue: dar}
      - {clave: pronto, nombre: Se le presta el lugar, presta: lugar, sigue: dar}
      - {clave: sin-permiso, nombre: No espera su permiso, sigue: dar}
  - {clave: dar, responsable: auxiliar, actividad: Lo da., entrega: permiso, final: concluido}
  - {clave: revocar, responsable: direccion, actividad: Revoca., final: revocado}
"""


@pytest.fixture
def feria(oficina: Path, correr: Correr) -> str:
    """El folio de un puesto recién pedido, con dos ramas por andar."""
    (oficina / "procedimientos" / "feria.yaml").write_text(FERIA, "utf-8")
    abierto = correr(
        "abrir", "feria", "-d", "solicitante.nombres=Ana", "-d", "solicitante.primer_apellido=Gil",
        "-d", "solicitante.telefono=8711550199", ahora=LUNES,
    )  # fmt: skip
    assert abierto.codigo == 0, abierto
    return FOLIO


@pytest.fixture
def cada_mes(oficina: Path) -> str:
    """La clave del mismo trámite, con una venta que se repite."""
    cadencia = "situacion: vendiendo\n    repite: {cantidad: '1', unidad: meses}"
    fichero = oficina / "procedimientos" / "feria.yaml"
    fichero.write_text(FERIA.replace("situacion: vendiendo", cadencia), "utf-8")
    return "feria"


def llevar(correr: Correr, *pasos: str) -> None:
    """Da esos pasos, escritos como se teclean después del folio."""
    for paso in pasos:
        dado = correr("avanzar", FOLIO, *shlex.split(paso), ahora=LUNES)
        assert dado.codigo == 0, dado


ROPA = "--paso revisar -d giro=ropa"
CONCEDIDO = (ROPA, "--paso medir", "--resultado concede --por directora -d monto=150")


def ordenes(pantalla: str) -> list[str]:
    """Las órdenes que la pantalla propone, una por paso que toca."""
    return re.findall(r"^  Orden: (.*)$", pantalla, re.MULTILINE)


def test_la_orden_de_cada_rama_dice_su_paso_y_todo_lo_que_falta(correr: Correr, feria: str) -> None:
    correr("avanzar", feria, "--paso", "revisar", "-d", "giro=comida", ahora=LUNES)

    assert ordenes(correr("ver", feria).stdout) == [
        f"expediente avanzar {feria} --paso revisar -d giro=…",
        f"expediente avanzar {feria} --paso medir",
    ]


def test_la_orden_se_pega_se_llena_y_sirve(correr: Correr, feria: str) -> None:
    llevar(correr, "--paso medir")
    [orden] = ordenes(correr("ver", feria).stdout)
    llevar(correr, orden.split(feria)[1].replace("…", "ropa"))

    vista = correr("ver", feria).stdout
    [orden] = ordenes(vista)

    assert orden == f"expediente avanzar {feria} --resultado … --por …"
    assert "  Resultados: concede (Concede), niega (Niega)\n" in vista
    assert "  Con «concede» además: -d monto=…\n" in vista
    assert "  Con «niega» además: --nota …\n" in vista
    assert "|" not in orden


def test_las_vueltas_se_cuentan_como_se_habla_y_dicen_si_ya_pasaron_del_maximo(
    correr: Correr, feria: str
) -> None:
    llevar(correr, *CONCEDIDO, "--resultado quejas")
    una = correr("ver", feria).stdout
    llevar(correr, "--resultado quejas")
    dos = correr("ver", feria).stdout

    assert "Hay una queja (vender): 1 vez (el máximo es 1)\n" in una
    assert "Hay una queja (vender): 2 veces (el máximo era 1)\n" in dos


def test_de_un_documento_que_nadie_emitio_se_dice_que_paso_lo_emite(
    correr: Correr, feria: str
) -> None:
    llevar(correr, *CONCEDIDO, "--resultado sin-permiso")

    vista = correr("ver", feria).stdout

    assert "  Falta Permiso (documento): lo emite el paso «vender/escrito»\n" in vista
    assert "no puede darse mientras falte" in vista
    assert ordenes(vista) == [] and "oficio emitir" not in vista


def test_el_documento_que_se_cancelo_si_se_reexpide_con_su_orden(
    correr: Correr, oficina_en_marcha: Path
) -> None:
    correr("oficio", "cancelar", "DIF/DG/0001/2026", "--motivo", "Cambió la cita.")

    vista = correr("ver", "EB-2026-0001").stdout
    [reexpide] = re.findall(r"\(documento\): expediente (.*)", vista)

    assert correr(*shlex.split(reexpide)).codigo == 0
    assert ordenes(vista) == ["expediente avanzar EB-2026-0001 --recibe …"]


def test_las_listas_llaman_a_la_situacion_por_su_nombre(correr: Correr, feria: str) -> None:
    llevar(correr, *CONCEDIDO)
    vigente = correr("pendientes").stdout
    llevar(correr, "--resultado quejas", "--resultado quejas", "")
    revocado = correr("listar").stdout

    assert "  Permiso vigente  " in vigente
    assert "  Permiso revocado" in revocado


def test_una_situacion_cuyo_procedimiento_no_se_lee_sale_por_su_clave(
    correr: Correr, feria: str, oficina: Path
) -> None:
    llevar(correr, *CONCEDIDO)
    for fichero in (oficina / "procedimientos").rglob("feria.yaml"):
        fichero.write_text("clave: [", "utf-8")

    listado = correr("listar")

    assert listado.codigo == 0 and "  vendiendo  " in listado.stdout


def test_a_quien_le_toca_no_se_repite_por_cada_rama(correr: Correr, feria: str) -> None:
    [_, renglon] = correr("pendientes", ahora=LUNES).stdout.splitlines()

    assert renglon.count("auxiliar") == 1
    assert objeto(correr("listar", "--json"))["casos"][0]["responsables"] == ["auxiliar"] * 2


def test_procedimiento_ver_dice_lo_que_pasa_al_exceder_y_lo_condicional(
    correr: Correr, cada_mes: str
) -> None:
    renglones = correr("procedimiento", "ver", cada_mes).stdout.splitlines()
    juntos = [" ".join(renglon.split()) for renglon in renglones]

    assert any("quejas → vender (tras 1 vez: revocar)" in x for x in juntos)
    assert "tarjeta Tarjeta texto cuando: giro == 'comida' revisar" in juntos
    assert "sanidad Tarjeta de sanidad cuando: giro == 'comida' revisar" in juntos
    assert "monto Pago monto sí decidir/concede" in juntos
    assert (
        "solicitante.nombres Quien lo pide: nombre(s) texto si se escribe algo de "
        "«Quien lo pide» pedir"
    ) in juntos
    assert "decidir espera a que terminen las ramas que llegan a él" in juntos
    assert "vender no antes de: dia" in juntos
    assert "vender se repite cada mes" in juntos
    assert "vender mientras toca, el expediente está «Permiso vigente»" in juntos
    assert "vender/escrito emite: permiso" in juntos
    assert "vender/pronto presta: lugar" in juntos
    assert "respuesta Respuesta 10 días hábiles, meta 5 apertura decidir" in juntos
    assert "revisar Revisión 3 días hábiles que toca revisar revisar direccion" in juntos
    assert "lugar Lugar lugares giro 1" in juntos


def test_procedimiento_ver_lo_dice_tambien_en_json(correr: Correr, cada_mes: str) -> None:
    dicho = objeto(correr("procedimiento", "ver", cada_mes, "--json"))
    campos: dict[str, Any] = {c["clave"]: c for c in dicho["campos"]}
    pasos: dict[str, Any] = {p["clave"]: p for p in dicho["pasos"]}
    quejas = pasos["vender"]["salidas"][0]

    assert campos["tarjeta"]["obligatorio_si"] == "giro == 'comida'"
    assert campos["monto"]["se_pide_en"] == ["decidir/concede"]
    assert dicho["requisitos"][0]["obligatorio_si"] == "giro == 'comida'"
    assert (quejas["maximo"], quejas["al_exceder"]) == (1, "revocar")
    assert pasos["decidir"]["reune"] is True
    assert pasos["vender"]["repite"] == {"cantidad": 1, "unidad": "meses"}
    assert pasos["vender"]["espera_hasta"] == "dia"
    assert pasos["vender"]["situacion"] == "vendiendo"
    assert pasos["revisar"]["plazo"]["escala"] == "direccion"
    assert [p["clave"] for p in dicho["plazos"]] == ["respuesta", "revisar"]
    assert dicho["recursos"][0]["existencia"] == "lugares"


def test_el_historial_dice_lo_que_se_capturo_en_cada_paso_sin_delatarlo(
    correr: Correr, feria: str
) -> None:
    llevar(
        correr, "--paso revisar -d giro=comida -d tarjeta=77 -d salud=Asma --requisito sanidad",
    )  # fmt: skip
    correr(
        "corregir", feria, "-d", "solicitante.telefono=8711550100", "--motivo", "Se tecleó mal.",
        ahora=LUNES,
    )  # fmt: skip

    historia = correr("historial", feria).stdout
    entera = correr("historial", feria, "--completo").stdout
    capturado = [" ".join(x.split()) for x in historia.partition("Capturado")[2].splitlines()]

    assert "1 Quien lo pide: teléfono 871 *** **99" in capturado
    assert "2 Giro Comida" in capturado
    assert "2 Tarjeta de sanidad se entregó" in capturado
    assert "2 Estado de salud (reservado; véalo con --completo)" in capturado
    assert "3 Quien lo pide: teléfono 871 *** **99 → 871 *** **00" in capturado
    assert "Se tecleó mal." in historia
    assert "8711550" not in historia and "Asma" not in historia
    assert "8711550199 → 8711550100" in entera and "Asma" in entera


def test_el_diagrama_no_se_vuelca_en_la_terminal_y_a_la_tuberia_si(
    correr: Correr, oficina: Path
) -> None:
    orden = ("procedimiento", "diagrama", "estrella-blanca")
    codigo, pantalla = en_terminal(*orden, en=oficina)
    [dibujo] = (oficina / "manuales").glob("estrella-blanca-v*.svg")

    assert codigo == 0 and "<svg" not in pantalla
    assert "Quedó en " in pantalla and dibujo.name in pantalla.replace("\n", "")
    assert correr(*orden).stdout.strip() == dibujo.read_text("utf-8").strip()


def test_al_recargar_una_hoja_se_dice_cuales_ya_estaban_y_como_acabaron(
    correr: Correr, oficina: Path
) -> None:
    hoja = oficina / "hoja.csv"
    hoja.write_text("destino,domicilio.numero\nTorreón,1\nTorreón,2\n", "utf-8")
    orden = ("abrir", "estrella-blanca", "--desde", hoja)
    correr(*orden)
    correr("cancelar", "EB-2026-0002", "--motivo", "Se capturó dos veces.")

    otra = correr(*orden)
    hoja.write_text("destino,domicilio.numero\nTorreón,2\n", "utf-8")
    una = correr(*orden)
    [dicho] = objeto(correr(*orden, "--json"))["resultados"]

    assert otra.stdout == "Ya estaban 2: EB-2026-0002 (cancelado), EB-2026-0001; no se repiten.\n"
    assert una.stdout == "Ya estaba: EB-2026-0002 (cancelado); no se repite.\n"
    assert (dicho["ya_estaba"], dicho["situacion"]) == (True, "cancelado")


MAL_DICHO = {
    "serie": ("serie: 1S.1", "serie: 9Z", "oficina.yaml no tiene la serie «9Z»", "`series`"),
    "libro": ("libro: DG", "libro: DX", "oficina.yaml no tiene el libro «DX»", "`libros`"),
    "firma": ("firma: direccion", "firma: nadie", "Nadie firma por «nadie»", "`firmas`"),
    "plantilla": (
        "plantilla: permiso.docx",
        "plantilla: acuse-petision.docx",
        "No existe la plantilla acuse-petision.docx",
        "¿Quiso decir «acuse-peticion.docx»?",
    ),
    "existencia": (
        "existencia: lugares",
        "existencia: lugarez",
        "recurso «lugar»: No existe la existencia «lugarez»",
        "",
    ),
    "rol": (
        "{clave: auxiliar, nombre: Auxiliar de Área}",
        "{clave: inspector, nombre: Inspector}",
        "nadie desempeña el rol «inspector» (Inspector)",
        "`roles` de alguien del personal",
    ),
}


@pytest.mark.parametrize(("bien", "mal", "dicho", "remedio"), MAL_DICHO.values(), ids=MAL_DICHO)
def test_revisar_un_procedimiento_dice_fichero_renglon_y_remedio(
    bien: str, mal: str, dicho: str, remedio: str, correr: Correr, oficina: Path
) -> None:
    fichero = oficina / "procedimientos" / "feria.yaml"
    escrito = FERIA.replace(bien, mal)
    fichero.write_text(escrito, "utf-8")
    renglon = next(n for n, x in enumerate(escrito.splitlines(), 1) if mal in x)

    corrida = correr("procedimiento", "revisar", "feria")

    assert corrida.codigo == 1
    [hallado] = [x for x in corrida.stdout.splitlines() if dicho in x]
    assert hallado.startswith(f"{fichero}, renglón {renglon}: ")
    assert remedio in hallado


@pytest.mark.parametrize(
    ("orden", "dicho"),
    [
        (("listar", "--nada"), "No existe la opción '--nada'."),
        (("abrir",), "Falta el argumento 'PROCEDIMIENTO'."),
        (("zzz",), "'zzz'"),
    ],
)
def test_una_orden_mal_escrita_lo_dice_en_su_objeto(
    orden: tuple[str, ...], dicho: str, correr: Correr
) -> None:
    assert dicho in objeto(correr(*orden, "--json"))["error"]
