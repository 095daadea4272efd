"""Hacer un informe: lo que cuenta, lo que escribe y lo que rechaza."""

from datetime import datetime
from pathlib import Path

import pytest

from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste
from expediente.nucleo.periodo import PeriodoEscrito
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.eventos import Dicho, asentar_evento
from expediente.operaciones.informes import (
    corte_pedido,
    hacer_informe,
    informes_que_hay,
)
from expediente.operaciones.ventanilla import sentarse
from tests.conftest import copiar
from tests.operaciones.tramites import (
    Abridor,
    autorizada,
    canalizado,
    concluida,
    dar,
    ficheros,
    improcedente,
    por_autorizar,
    solicitud,
    texto_de_word,
)

SEMANA = PeriodoEscrito(semana="2026-W47")


@pytest.fixture(scope="module")
def oficina_de_fabrica(oficina_de_fabrica: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una oficina con cinco solicitudes y tres reportes: lo que se cuenta a mano aquí."""
    trabajada = tmp_path_factory.mktemp("jornada") / "oficina"
    copiar(oficina_de_fabrica, trabajada)
    v = sentarse(trabajada, datetime(2026, 11, 20, 10), "recepcion")
    solicitud(v)
    autorizada(v, destino="saltillo", institucion_salud="hae_noreste", tipo_viaje="ida")
    concluida(v, acompanantes__0__nombres="Luz", acompanantes__0__primer_apellido="Gil")
    dar(v, por_autorizar(v), resultado="niega", por="directora", nota="Ya lo tiene.")
    asentar_evento(v, por_autorizar(v), "cancelar", Dicho("Se capturó dos veces."))
    canalizado(v)
    improcedente(v)
    atendido = canalizado(v, tipo_servicio="otro")
    dar(v, atendido, datos={"trabajo": "Se orientó."})
    dar(v, atendido)
    dar(v, atendido, resultado="conforme")
    dar(v, atendido)
    return trabajada


def test_el_reporte_de_oficios_cuenta_lo_que_se_conto_a_mano(ventanilla: Abridor) -> None:
    cifras = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca").cifras

    assert dict(cifras.totales) == {
        "abiertos_inicio": 0, "recibidos": 5, "reabiertos": 0, "concluidos": 3,
        "abiertos_final": 2, "autorizados": 2, "negados": 1, "cancelados": 1, "entregados": 1,
        "pasajeros": 3, "boletos": 5,
    }  # fmt: skip
    assert [(f["numero"][-9:-5], f["pasajeros"], f["boletos"], f["estado"])
            for f in cifras.filas] == [
        ("0001", "1", "1", "Autorizado"),
        ("0002", "2", "4", "Entregado"),
        ("0003", "1", "2", "Negado"),
        ("0004", "1", "2", "Cancelado"),
    ]  # fmt: skip
    assert cifras.grupos["por_destino"] == {"Saltillo": 1, "Torreón": 1}


def test_el_informe_de_agua_cuenta_lo_que_se_conto_a_mano(ventanilla: Abridor) -> None:
    cifras = hacer_informe(ventanilla("2026-11-20 14:00"), "estatus-reportes", SEMANA).cifras

    assert dict(cifras.totales) == {
        "abiertos_inicio": 0, "recibidos": 3, "reabiertos": 0, "concluidos": 2,
        "abiertos_final": 1, "procedentes": 2, "programa_24h": 1, "improcedentes": 1,
        "atendidos": 1, "a_tiempo": 0, "a_destiempo": 0, "impedidos": 0, "verificados": 1,
        "conformes": 1, "sin_conformidad": 0, "reasignados": 0, "en_atencion": 1,
        "por_verificar": 0, "vencidos": 0,
    }  # fmt: skip
    assert cifras.grupos["por_estatus"] == {"Por atender": 1, "Concluido": 1, "Improcedente": 1}


def test_el_word_dice_periodo_corte_cifras_y_la_identidad(ventanilla: Abridor) -> None:
    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca", SEMANA)

    dice = texto_de_word(hecho.ficheros[0].read_bytes())
    assert "Semana 47: del lunes 16 al domingo 22 de noviembre de 2026" in dice
    assert "cifras al 20 de noviembre de 2026, 14:00 horas" in dice
    assert hecho.cifras.identidad in dice and hecho.cifras.cuadra
    assert "Ana María Nuñez Güemes" in dice


def test_repetirlo_con_el_mismo_corte_deja_el_mismo_fichero(
    ventanilla: Abridor, oficina: Path
) -> None:
    corte = "2026-11-20 14:00"
    hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca", al=corte)
    antes = ficheros(oficina / "informes")
    concluida(ventanilla("2026-11-20 16:00"))

    otra_vez = hacer_informe(ventanilla("2026-11-23 09:00"), "estrella-blanca", SEMANA,
                             al=corte)  # fmt: skip

    assert ficheros(oficina / "informes") == antes
    assert otra_vez.ficheros == (oficina / "informes" / "2026" / "S47" / "estrella-blanca.docx",)


def test_otro_contenido_no_pisa_el_que_ya_se_entrego(ventanilla: Abridor, oficina: Path) -> None:
    primero = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca").ficheros[0]
    entregado = primero.read_bytes()
    concluida(ventanilla("2026-11-20 16:00"))

    segundo = hacer_informe(ventanilla("2026-11-20 17:00"), "estrella-blanca").ficheros[0]

    assert (primero.name, segundo.name) == ("estrella-blanca.docx", "estrella-blanca_v02.docx")
    assert primero.read_bytes() == entregado != segundo.read_bytes()


def test_un_caso_ilegible_va_en_los_problemas_y_no_se_cuenta(
    ventanilla: Abridor, oficina: Path
) -> None:
    caso = oficina / "expedientes" / "2026" / "EB-2026-0002"
    ultima = sorted((caso / ".revisiones").iterdir())[-1]
    (ultima / "expediente.yaml").write_text("folio: [", encoding="utf-8")

    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca")

    (problema,) = hecho.problemas
    assert problema.startswith("EB-2026-0002: no se contó.") and str(oficina) not in problema
    assert hecho.cifras.totales["recibidos"] == 4
    papel = texto_de_word(hecho.ficheros[0].read_bytes())
    assert "EB-2026-0002: no se contó; véalo con: expediente revisar EB-2026-0002" in papel
    assert "renglón" in problema and "renglón" not in papel  # el porqué, sólo en la pantalla


def test_un_caso_ilegible_no_va_en_los_informes_de_otro_procedimiento(
    ventanilla: Abridor, oficina: Path
) -> None:
    caso = oficina / "expedientes" / "2026" / "EB-2026-0002"
    caso.rename(caso.with_name("ZZ-2026-0001"))  # un prefijo que no es de nadie: podría ser suyo
    for ultima in (oficina / "expedientes/2026/EB-2026-0003/.revisiones").iterdir():
        (ultima / "expediente.yaml").write_text("folio: [", encoding="utf-8")

    v = ventanilla("2026-11-20 14:00")
    ajeno, suyo = (hacer_informe(v, x, simular=True) for x in ("gestion", "estrella-blanca"))

    assert [p.split(":")[0] for p in ajeno.problemas] == ["ZZ-2026-0001"]
    assert [p.split(":")[0] for p in suyo.problemas] == ["EB-2026-0003", "ZZ-2026-0001"]


def test_un_caso_con_la_historia_cambiada_tampoco_se_cuenta(
    ventanilla: Abridor, oficina: Path
) -> None:
    caso = oficina / "expedientes" / "2026" / "EB-2026-0002"
    ultima = sorted((caso / ".revisiones").iterdir())[-1] / "expediente.yaml"
    falso = ultima.read_text(encoding="utf-8").replace("por: directora", "por: auxiliar")
    ultima.write_text(falso, encoding="utf-8")
    (caso / "expediente.yaml").write_text(falso, encoding="utf-8")

    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca")

    assert "alguien cambió la historia" in hecho.problemas[0]
    assert hecho.cifras.totales["recibidos"] == 4


def test_simular_calcula_y_no_deja_nada(ventanilla: Abridor, oficina: Path) -> None:
    antes = ficheros(oficina)

    hecho = hacer_informe(ventanilla("2026-11-20 14:00"), "estrella-blanca", simular=True)

    assert hecho.ficheros == () and hecho.cifras.totales["recibidos"] == 5
    assert ficheros(oficina) == antes


def test_la_salida_puede_ser_otra_carpeta(ventanilla: Abridor, tmp_path: Path) -> None:
    hecho = hacer_informe(ventanilla(), "estrella-blanca", salida=tmp_path / "para entregar")

    assert hecho.ficheros == (tmp_path / "para entregar" / "estrella-blanca.docx",)


def test_un_corte_futuro_se_rechaza(ventanilla: Abridor) -> None:
    with pytest.raises(ErrorUso, match="no puede tener un corte futuro"):
        hacer_informe(ventanilla("2026-11-20 12:00"), "estrella-blanca", al="2026-11-20 12:01")


@pytest.mark.parametrize("escrito", ["2026-11-20", " 20/11/2026 "])
def test_un_corte_sin_hora_llega_al_fin_de_ese_dia(ventanilla: Abridor, escrito: str) -> None:
    dia = PeriodoEscrito(dia="2026-11-20")

    hecho = hacer_informe(
        ventanilla("2026-11-25 09:00"), "mostrador", dia, al=escrito, simular=True
    )
    entero = hacer_informe(ventanilla("2026-11-25 09:00"), "mostrador", dia, simular=True)

    assert f"{hecho.al:%Y-%m-%d %H:%M}" == "2026-11-20 23:59" and not hecho.incompleto
    assert hecho.cifras == entero.cifras


def test_un_corte_de_hoy_sin_hora_es_ahora(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 14:00")

    assert corte_pedido(v, "2026-11-20") == v.ahora
    with pytest.raises(ErrorUso, match="no puede tener un corte futuro"):
        corte_pedido(v, "2026-11-21")


def test_un_informe_que_no_existe_sugiere_el_bueno(ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="¿Quiso decir «estrella-blanca»"):
        hacer_informe(ventanilla(), "estrela")


def test_un_informe_que_usa_un_hecho_que_no_existe_se_rechaza(
    ventanilla: Abridor, oficina: Path
) -> None:
    definicion = oficina / "informes" / "estrella-blanca.yaml"
    malo = definicion.read_text("utf-8").replace("valor: fecha_viaje", "valor: fecha_biaje")
    definicion.write_text(malo, "utf-8")

    with pytest.raises(DatosInvalidos, match="columna «fecha_viaje»: usa «fecha_biaje»"):
        hacer_informe(ventanilla(), "estrella-blanca")


def test_un_informe_no_ensena_un_dato_sensible(ventanilla: Abridor, oficina: Path) -> None:
    procedimiento = oficina / "procedimientos" / "estrella-blanca.yaml"
    sensible = procedimiento.read_text("utf-8").replace(
        "{clave: fecha_cita, nombre: Fecha de la cita, tipo: fecha}",
        "{clave: fecha_cita, nombre: Fecha de la cita, tipo: fecha, sensible: sí}",
    )
    procedimiento.write_text(sensible, "utf-8")
    definicion = oficina / "informes" / "estrella-blanca.yaml"
    malo = definicion.read_text("utf-8").replace("valor: fecha_viaje", "valor: fecha_cita")
    definicion.write_text(malo, "utf-8")

    with pytest.raises(DatosInvalidos, match="«fecha_cita» es un dato sensible"):
        hacer_informe(ventanilla(), "estrella-blanca")


@pytest.mark.parametrize(
    ("informe", "antes", "despues", "dicho"),
    [
        (
            "estatus-reportes",
            "fecha: ocurrio.dar_baja, cuenta: sí",
            "fecha: ocurrio.dar_baja, cuenta: vencido",
            "total «atendidos»: «vencido» sólo se sabe al corte",
        ),
        (
            "comisiones",
            "por_cada: comisionados",
            "por_cada: comisionado",
            "«comisionado» no es una lista del caso. ¿Quiso decir «comisionados»?",
        ),
        ("comisiones", "valor: cada.cargo", "valor: cada.puesto", "usa «cada.puesto»"),
        (
            "padron",
            "valor: domicilio.colonia",
            "valor: domicilio.calle",
            "columna «territorio»: «calle» dice quién es alguien o dónde hallarlo",
        ),
        ("padron", "valor: sexo(beneficiario.curp)", "valor: beneficiario.curp", "«curp» dice"),
        (
            "padron",
            "valor: domicilio.colonia",
            "valor: beneficiario.nombre_completo",
            "columna «territorio»: nombra a una persona y este informe se publica",
        ),
        (
            "estrella-blanca",
            "cuenta: resultado.autorizar == 'niega'",
            "cuenta: resultado.autorizar == 'niegan'",
            "total «negados»: «resultado.autorizar» nunca es «niegan». ¿Quiso decir «niega»?",
        ),
        (
            "estrella-blanca",
            "si(tipo_viaje == 'redondo', 2, 1)",
            "si(tipo_viaje en ['redondo', 'avión'], 2, 1)",
            "«tipo_viaje» nunca es «avión». Hay: ",
        ),
        (
            "estatus-reportes",
            "'Por atender', 'Por dar de baja'",
            "'Por atender', 'Por dar baja'",
            "total «en_atencion»: «donde» nunca es «Por dar baja». ¿Quiso decir «Por dar de baja»?",
        ),
        (
            "padron",
            "si(procedimiento == 'apoyo', emitido.recibo",
            "si('apollo' == procedimiento, emitido.recibo",
            "«procedimiento» nunca es «apollo». ¿Quiso decir «apoyo»?",
        ),
    ],
)
def test_una_definicion_mal_hecha_se_rechaza_con_su_lugar(
    ventanilla: Abridor, oficina: Path, informe: str, antes: str, despues: str, dicho: str
) -> None:
    definicion = oficina / "informes" / f"{informe}.yaml"
    bueno = definicion.read_text("utf-8")
    definicion.write_text(bueno.replace(antes, despues), "utf-8")

    with pytest.raises(DatosInvalidos) as error:
        hacer_informe(ventanilla(), informe)

    assert antes in bueno and dicho in str(error.value)


def test_un_resultado_que_hubo_en_otra_version_se_puede_comparar(
    ventanilla: Abridor, oficina: Path
) -> None:
    definicion = oficina / "informes" / "estrella-blanca.yaml"
    bueno = definicion.read_text("utf-8")
    definicion.write_text(bueno.replace("== 'niega'", "== 'rechaza'"), "utf-8")
    vieja = oficina / "procedimientos/.versiones/estrella-blanca/0/estrella-blanca.yaml"
    vieja.parent.mkdir(parents=True)
    regla = (oficina / "procedimientos/estrella-blanca.yaml").read_text("utf-8")
    vieja.write_text(regla.replace("clave: niega", "clave: rechaza"), "utf-8")

    assert hacer_informe(ventanilla(), "estrella-blanca", simular=True).problemas == ()


def test_donde_la_historia_dice_una_clave_el_informe_dice_el_nombre(ventanilla: Abridor) -> None:
    v = ventanilla("2026-11-20 11:00")
    abrir(
        v,
        Solicitud(
            "llamada-centro",
            {"asunto": "Cajas", "minutos": "3"},
            canal="telefono",
            resultado="informa",
            por=v.oficina.persona("coordinadora-llamadas"),
        ),
    )

    dice = texto_de_word(hacer_informe(v, "llamadas-centro").ficheros[0].read_bytes())

    assert "Rosa Elena Muñiz Ávila" in dice and "coordinadora-llamadas" not in dice


def test_hay_un_informe_por_cada_manual(ventanilla: Abridor) -> None:
    hay = {i.clave: i for i in informes_que_hay(ventanilla())}

    assert {i.manual.clave for i in hay.values() if i.manual} == {
        "A-REC",
        "B-AC",
        "C-PDG",
        "D-MAC",
        "E-OPDM",
    }
    assert {clave: " ".join(i.periodos) for clave, i in hay.items()} == {
        "apoyos": "semana mes trimestre anio",
        "autoevaluaciones": "mes trimestre anio",
        "bajas-del-dia": "dia semana",
        "brigadas": "semana mes trimestre anio",
        "comisiones": "mes trimestre anio",
        "eficiencia-opdm": "mes trimestre anio",
        "estatus-reportes": "dia semana mes",
        "estrella-blanca": "semana mes trimestre",
        "gestion": "mes trimestre anio",
        "llamadas": "dia semana mes",
        "llamadas-centro": "dia semana mes",
        "mostrador": "dia semana mes",
        "padron": "trimestre",
        "peticiones": "dia semana mes",
        "presidencia": "mes trimestre anio",
        "quejas-agua": "semana mes trimestre anio",
        "quejas-sugerencias": "semana mes trimestre anio",
        "resguardos": "mes",
        "seguimientos": "mes trimestre anio",
    }
