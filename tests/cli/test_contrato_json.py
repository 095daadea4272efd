"""Lo que un guion puede dar por cierto de `--json`, orden por orden."""

import json
from pathlib import Path
from typing import Any

import pytest

from expediente.cli.app import ORDENES
from expediente.cli.perezoso import todas
from expediente.nucleo.reglas_de_eventos import EVENTOS
from tests.cli.oficinista import abrir_viaje, datos, llevar_a, objeto
from tests.conftest import VIERNES, Correr

CASO = {
    "folio", "procedimiento", "version", "situacion", "pasos", "responsables", "abierto",
    "vence", "semaforo", "revision", "carpeta",
}  # fmt: skip
RESULTADO = {"folio", "ok", "error", "pasos", "situacion", "documentos"}
FALTA = {"clase", "clave", "tipo", "opciones", "orden"}
MOVIMIENTO = {"abiertos_inicio", "recibidos", "reabiertos", "concluidos", "abiertos_final"}
# Lo que hay que hacer antes para que un evento quepa, y cuándo se asienta.
PREVIAS = {"reanudar": ("suspender", "EB-2026-0002", "--motivo", "Se pidió un dato.")}
MAS_TARDE = {"caducar": "2026-12-18 12:00"}
# Las llaves propias de cada orden; las de `ver` y los resultados se miran aparte.
LLAVES = {
    "demo": {"oficina", "archivo", "hechos", "ficheros", "ejemplos"},
    "iniciar": {"oficina", "de_prueba"},
    "abrir": {"resultados"},
    "ver": CASO | {"siguientes", "avisos"},
    "listar": {"casos", "problemas"},
    "pendientes": {"casos", "problemas"},
    "buscar": {"casos", "problemas"},
    "historial": {"folio", "actuaciones"},
    "plazo": {"folio", "plazos"},
    "avanzar": {"resultados"},
    "anotar": {"resultados"},
    **{key: {"resultados"} for key in EVENTOS},
    "anexar": {"resultados"},
    "oficio emitir": {"resultados"},
    "oficio imprimir": {"resultados", "impresion"},
    "oficio acusar": {"resultados"},
    "oficio cancelar": {"resultados"},
    "oficio libro": {"asientos"},
    "oficio registrar": {"resultados"},
    "oficio reiterar": {"resultados"},
    "informe": {"informe", "periodo", "al", "totales", "filas", "ficheros"},
    "indicador": {"indicador", "periodo", "al", "valor", "texto", "folios", "desglose"},
    "entregar": {"informe", "periodo", "fichero", "entregas", "ya_estaban"},
    "entregas": {"informes", "problemas"},
    "programar": {"formato", "tareas", "contenido", "instrucciones", "ficheros"},
    "tirada": {"tiradas", "impresas", "problemas"},
    "exportar hechos": {"al", "columnas", "cuantos", "ficheros", "problemas", "hechos"},
    "tablero": {
        "al",
        "semaforo",
        "abiertos",
        "cuadra",
        "semanas",
        "rezago",
        "procedimientos",
        "desgloses",
        "indicadores",
        "folios",
        "problemas",
        "ficheros",
    },
    "archivar": {"resultados"},
    "archivo verificar": {"integras", "revisadas", "problemas"},
    "revisar": {"problemas"},
    "indice reconstruir": {"expedientes", "problemas", "fichero"},
    "indice revisar": {"expedientes", "diferencias"},
    "indice borrar": {"borrado"},
    "inhabiles proponer": {"anio", "fichero", "inhabiles", "por_confirmar"},
    "inhabiles ver": {"anio", "firmado", "inhabiles"},
    "catalogo listar": {"catalogos", "problemas"},
    "catalogo ver": {"clave", "nombre", "opciones", "procedimientos"},
    "catalogo revisar": {"problemas"},
    "existencias": {"existencias", "problemas"},
    "plantilla listar": {"plantillas"},
    "plantilla campos": {"plantilla", "emisores", "campos", "filtros"},
    "plantilla revisar": {"problemas"},
    "plantilla probar": {"pruebas"},
    "plantilla nueva": {"plantilla", "fichero", "base", "renglones"},
    "plantilla membrete": {"resultados"},
    "procedimiento listar": {"procedimientos", "problemas"},
    "procedimiento ver": {"clave", "version", "campos", "requisitos", "pasos"},
    "procedimiento revisar": {"problemas"},
    "procedimiento cobertura": {"manuales"},
    "procedimiento nuevo": {"procedimiento", "fichero"},
    "procedimiento comparar": {"cambios"},
    "procedimiento diagrama": {"procedimiento"},
    "procedimiento imprimir": {"procedimiento", "fichero"},
    "corte hacer": {"resultados"},
    "corte deshacer": {"resultados"},
    "corte conciliar": {"coinciden"},
    "corte listar": {"cortes"},
}
ARGUMENTOS = {
    "demo": ("{tmp}/demo",),
    "iniciar": ("{tmp}/nueva", "--de-prueba"),
    "abrir": ("estrella-blanca",),
    "ver": ("EB-2026-0001",),
    "historial": ("EB-2026-0001",),
    "plazo": ("EB-2026-0001",),
    "avanzar": ("EB-2026-0003",),
    "anotar": ("EB-2026-0001", "EB-2026-0002", "--nota", "Llamó."),
    **dict.fromkeys(EVENTOS, ("EB-2026-0002", "--motivo", "Así conviene.")),
    "prorrogar": ("EB-2026-0001", "--cantidad", "1", "--motivo", "Falta firma."),
    "reasignar": ("EB-2026-0002", "--a", "auxiliar", "--motivo", "Vacaciones."),
    "negar": ("EB-2026-0002", "--por", "directora", "--motivo", "No viaja."),
    "declinar": ("EB-2026-0002", "--a", "dif_estatal", "--motivo", "Es de otro municipio."),
    "acumular": ("EB-2026-0002", "--a", "EB-2026-0003"),
    "reabrir": ("EB-2026-0004", "--motivo", "Faltó un boleto."),
    "corregir": ("EB-2026-0002", "-d", "domicilio.calle=Juárez", "--motivo", "Faltaba."),
    "anexar": ("EB-2026-0002", "{tmp}/foto.jpg"),
    "oficio emitir": ("EB-2026-0001",),
    "oficio imprimir": ("EB-2026-0001", "--juntar", "{tmp}/cartas.docx"),
    "oficio acusar": ("DIF/DG/0001/2026",),
    "oficio cancelar": ("DIF/DG/0001/2026", "--motivo", "Cambió."),
    "oficio registrar": ("--libro", "DG", "--asunto", "Felicitación"),
    "informe": ("estrella-blanca", "--semana", "2026-W47"),
    "indicador": ("oportunidad", "--mes", "2026-11"),
    "programar": ("--cron",),
    "archivar": ("EB-2026-0004", "--destino", "{tmp}/unidad"),
    "archivo verificar": ("{tmp}/unidad",),
    "inhabiles proponer": ("2030",),
    "inhabiles ver": ("2026",),
    "plantilla campos": ("oficio-estrella-blanca.docx",),
    "plantilla probar": ("oficio-estrella-blanca.docx",),
    "plantilla nueva": ("oficio-de-vialidad",),
    "procedimiento ver": ("estrella-blanca",),
    "procedimiento nuevo": ("permiso-de-calle",),
    "procedimiento comparar": ("queja", "llamada"),
    "procedimiento diagrama": ("queja",),
    "procedimiento imprimir": ("queja",),
    "buscar": ("ofelia",),
    "catalogo ver": ("colonias",),
}


def test_el_contrato_cubre_todas_las_ordenes() -> None:
    assert set(LLAVES) == set(todas(ORDENES))


# Éstas tienen su propia prueba: la demo tarda, un corte pide reportes ya canalizados, un
# recordatorio, un oficio que nadie contestó, entregar, un informe ya hecho, y lo que se
# membreta no son casos.
APARTE = {
    "demo", "corte hacer", "corte deshacer", "corte conciliar", "oficio reiterar",
    "plantilla membrete", "entregar",
}  # fmt: skip


@pytest.mark.parametrize("orden", [orden for orden in LLAVES if orden not in APARTE])
def test_cada_orden_da_un_solo_objeto_con_sus_llaves(
    orden: str, correr: Correr, oficina_en_marcha: Path
) -> None:
    argumentos = [a.format(tmp=oficina_en_marcha.parent) for a in ARGUMENTOS.get(orden, ())]
    if orden in PREVIAS:
        correr(*PREVIAS[orden])

    ahora = MAS_TARDE.get(orden, VIERNES)
    corrida = correr(*orden.split(), *argumentos, "--json", ahora=ahora)

    dicho = objeto(corrida)
    assert corrida.codigo == 0, corrida
    assert set(dicho) >= LLAVES[orden]
    for caso in dicho.get("casos", []):
        assert set(caso) >= CASO
    for resultado in dicho.get("resultados", []):
        assert set(resultado) >= RESULTADO
        assert resultado["ok"] is True and resultado["error"] is None


def test_un_caso_se_lista_y_se_ve_igual(correr: Correr, oficina_en_marcha: Path) -> None:
    visto = objeto(correr("ver", "EB-2026-0001", "--json"))

    listado = {caso["folio"]: caso for caso in objeto(correr("listar", "--json"))["casos"]}

    assert {k: visto[k] for k in CASO} == {k: listado["EB-2026-0001"][k] for k in CASO}
    assert visto["pasos"] == ["entregar"] and visto["responsables"] == ["auxiliar"]
    assert visto["revision"] == 7 and Path(visto["carpeta"]).is_dir()
    assert visto["abierto"] == "2026-11-20T11:00:00-06:00"
    assert listado["EB-2026-0005"]["situacion"] == "archivado"
    assert listado["EB-2026-0005"]["vence"] is None


def test_ver_dice_lo_que_falta_y_que_argumentos_lo_dan(correr: Correr) -> None:
    correr("abrir", "estrella-blanca", *datos({"destino": "Torreón"}))

    [siguiente] = objeto(correr("ver", "EB-2026-0001", "--json"))["siguientes"]

    assert set(siguiente) >= {"paso", "responsable", "resultados", "falta"}
    assert (siguiente["paso"], siguiente["resultados"]) == ("registrar", [])
    por_clave = {falta["clave"]: falta for falta in siguiente["falta"]}
    assert all(set(falta) == FALTA for falta in por_clave.values())
    assert "destino" not in por_clave
    assert por_clave["origen"]["opciones"][:2] == ["san_jeronimo_de_los_rios", "gomez_palacio"]
    assert por_clave["origen"]["orden"] == ["-d", "origen=…"]
    assert por_clave["fecha_viaje"]["tipo"] == "fecha"


def test_lo_que_falta_de_cada_clase_trae_su_orden(correr: Correr, oficina: Path) -> None:
    folio = abrir_viaje(correr)
    correr("avanzar", folio)
    [requisito, *_] = objeto(correr("ver", folio, "--json"))["siguientes"][0]["falta"]
    llevar_a(correr, abrir_viaje(correr), "entregar")

    llevar_a(correr, abrir_viaje(correr), "autorizar")
    [persona] = objeto(correr("ver", "EB-2026-0003", "--json"))["siguientes"][0]["falta"]
    correr("oficio", "cancelar", "DIF/DG/0001/2026", "--motivo", "Cambió la cita.")
    [documento] = objeto(correr("ver", "EB-2026-0002", "--json"))["siguientes"][0]["falta"]

    assert requisito["orden"] == ["--requisito", "identificacion"]
    assert persona["orden"] == ["--por", "…"]
    assert persona["opciones"] == ["directora", "subdirector"]
    assert documento["orden"][:3] == ["oficio", "emitir", "EB-2026-0002"]
    assert correr(*documento["orden"]).codigo == 0


def test_un_paso_que_no_puede_darse_trae_lo_que_falta(correr: Correr) -> None:
    correr("abrir", "reporte-servicio", *datos({"tipo_servicio": "toma_obstruida"}))

    negado = correr("avanzar", "RS-2026-0001", "--resultado", "procede", "--json")

    [resultado] = objeto(negado)["resultados"]
    assert negado.codigo == 69 and resultado["ok"] is False
    assert {falta["clave"] for falta in resultado["falta"]} >= {"cuenta", "usuario.telefono"}
    assert all(set(falta) == FALTA for falta in resultado["falta"])


def test_un_lote_dice_de_cada_quien_que_paso(correr: Correr) -> None:
    bueno = abrir_viaje(correr)

    corrida = correr("avanzar", bueno, "EB-2026-0099", "--json")

    dado, fallido = objeto(corrida)["resultados"]
    assert corrida.codigo == 1 and corrida.stderr == ""
    assert (dado["ok"], dado["pasos"]) == (True, ["reunir-requisitos"])
    assert fallido["folio"] == "EB-2026-0099" and fallido["ok"] is False
    assert fallido["error"] == "No existe el expediente EB-2026-0099. ¿Quiso decir «EB-2026-0001»?"


def test_una_hoja_da_un_resultado_por_renglon(correr: Correr, tmp_path: Path) -> None:
    hoja = tmp_path / "hoja.csv"
    hoja.write_text("destino\nTorreón\nMarte\n", encoding="utf-8")
    correr("abrir", "estrella-blanca", "--desde", hoja)

    corrida = correr("abrir", "estrella-blanca", "--desde", hoja, "--json")

    resultados = objeto(corrida)["resultados"]
    assert corrida.codigo == 1
    assert all(set(r) >= RESULTADO | {"renglon", "ya_estaba"} for r in resultados)
    assert [(r["renglon"], r["ok"], r["ya_estaba"]) for r in resultados] == [
        (2, True, True),
        (3, False, False),
    ]


@pytest.mark.parametrize(
    ("orden", "codigo"),
    [
        (("ver", "EB-2026-0099"), 66),
        (("informe", "estrella-blanca", "--semana", "47"), 2),
        (("abrir", "estrella-blanca", "-d", "fecha_viaje=ayer"), 65),
        (("listar", "--desde", "ayer"), 2),
        (("listar", "--nada"), 2),
        (("abrir",), 2),
        (("zzz",), 2),
    ],
)
def test_un_error_es_un_objeto_con_su_codigo(
    orden: tuple[str, ...], codigo: int, correr: Correr
) -> None:
    corrida = correr(*orden, "--json")

    dicho = objeto(corrida)
    assert set(dicho) == {"esquema", "codigo", "error"}
    assert dicho["codigo"] == corrida.codigo == codigo
    assert dicho["error"]


def test_el_informe_trae_su_periodo_sus_cifras_y_sus_ficheros(correr: Correr) -> None:
    abrir_viaje(correr)

    sin_clave = objeto(correr("informe", "--json"))
    dicho = objeto(correr("informe", "estrella-blanca", "--semana", "2026-W47", "--json"))

    assert {i["clave"] for i in sin_clave["informes"]} >= {"estrella-blanca", "estatus-reportes"}
    assert dicho["informe"] == "estrella-blanca"
    assert dicho["periodo"] == {
        "clase": "semana",
        "clave": "2026-W47",
        "desde": "2026-11-16",
        "hasta": "2026-11-22",
    }
    assert dicho["al"] == "2026-11-20T12:00:00-06:00"
    assert set(dicho["totales"]) >= MOVIMIENTO and dicho["totales"]["recibidos"] == 1
    assert isinstance(dicho["filas"], list) and Path(dicho["ficheros"][0]).is_file()


def test_las_cifras_con_folios_los_traen_aunque_no_se_escriba_nada(correr: Correr) -> None:
    folio = abrir_viaje(correr)
    pedido = ("informe", "estrella-blanca", "--semana", "2026-W47", "--cifras", "--json")

    assert objeto(correr(*pedido, "--folios"))["folios"]["recibidos"] == [folio]
    assert "folios" not in objeto(correr(*pedido))
    assert correr("informe", "todos", "--semana", "2026-W47", "--cifras").codigo == 2


def test_procedimiento_ver_basta_para_llenar_la_apertura(correr: Correr) -> None:
    dicho = objeto(correr("procedimiento", "ver", "reporte-servicio", "--json"))

    assert all(set(c) >= {"clave", "tipo", "obligatorio", "opciones"} for c in dicho["campos"])
    assert all(set(r) >= {"clave", "obligatorio"} for r in dicho["requisitos"])
    de_un_paso = {"clave", "manual", "responsable", "resultados", "documentos", "plazo"}
    assert all(set(p) >= de_un_paso for p in dicho["pasos"])
    assert {"usuario.nombres", "ubicacion.colonia"} <= {c["clave"] for c in dicho["campos"]}


def test_los_problemas_son_una_lista_con_folio_y_mensaje(correr: Correr, oficina: Path) -> None:
    folio = abrir_viaje(correr)
    (oficina / "expedientes/2026" / folio / "expediente.yaml").write_text("folio: [", "utf-8")

    corrida = correr("revisar", "--json")

    [problema] = objeto(corrida)["problemas"]
    assert corrida.codigo == 1
    assert problema["folio"] == folio and "renglón" in problema["mensaje"]


def test_ningun_caracter_que_la_terminal_obedezca_sale_en_el_json(
    correr: Correr, oficina: Path
) -> None:
    nota = "a\u202eb\u2066c"
    correr("abrir", "estrella-blanca", "--nota", nota)

    crudo = correr("historial", "EB-2026-0001", "--json").stdout

    assert "\u202e" not in crudo and "\\u202e" in crudo
    assert json.loads(crudo)["actuaciones"][0]["nota"] == nota


# Lo único que el guion trae de casa: un dato por cada tipo que `procedimiento ver` nombra.
POR_TIPO = {
    "texto": "Dato",
    "parrafo": "Se hizo.",
    "fecha": "2026-11-24",
    "hora": "10:00",
    "entero": "1",
    "monto": "10.00",
    "decimal": "1.5",
    "si-no": "sí",
    "telefono": "8711550199",
    "codigo-postal": "35900",
    "curp": "XIOZ850315MDGCRN03",
}


class Guion:
    """Quien automatiza y nunca leyó el manual: sólo conoce las llaves del contrato.

    `primera` es el lugar de la primera opción que elige; después va tomando las demás por
    turno, para no contestar siempre lo mismo. `al_reves` prueba los resultados del último
    al primero.
    """

    def __init__(self, correr: Correr, primera: int, al_reves: bool) -> None:
        self.correr = correr
        self.turno = primera
        self.al_reves = al_reves

    def concluir(self, procedimiento: str) -> dict[str, Any]:
        abierto = objeto(self.correr("abrir", procedimiento, "--json"))
        folio = abierto["resultados"][0]["folio"]
        for _ in range(40):
            caso = objeto(self.correr("ver", folio, "--json"))
            if not caso["siguientes"]:
                return caso
            self.dar_paso(folio, caso["siguientes"][0])
        raise AssertionError("el guion da vueltas sin llegar a un final")

    def dar_paso(self, folio: str, siguiente: dict[str, Any]) -> None:
        argumentos = self.suplir(siguiente["falta"])
        resultados = siguiente["resultados"][:: -1 if self.al_reves else 1]
        for resultado in resultados or [None]:
            decide = ["--resultado", resultado] if resultado else []
            nota = ["--nota", "Porque sí."] if resultado in siguiente["piden_nota"] else []
            orden = ["avanzar", folio, "--paso", siguiente["paso"], *decide, *nota, "--json"]
            if self.insistir(orden, argumentos):
                return
        raise AssertionError(f"no hay manera de dar el paso {siguiente['paso']}")

    def insistir(self, orden: list[str], argumentos: list[str]) -> bool:
        """Da el paso, añadiendo lo que vaya diciendo que falta; False si no se permite."""
        while True:
            [hecho] = objeto(self.correr(*orden, *argumentos))["resultados"]
            if hecho["ok"] or not hecho["falta"]:
                return bool(hecho["ok"])
            argumentos += self.suplir(hecho["falta"])

    def suplir(self, falta: list[dict[str, Any]]) -> list[str]:
        argumentos: list[str] = []
        for una in falta:
            if una["clase"] == "documento":
                assert self.correr(*una["orden"]).codigo == 0
                continue
            dato = POR_TIPO.get(una["tipo"], "")
            if una["opciones"]:
                dato = una["opciones"][self.turno % len(una["opciones"])]
                self.turno += 1
            argumentos += [parte.replace("…", dato) for parte in una["orden"]]
        return argumentos


@pytest.mark.parametrize(
    ("procedimiento", "primera", "al_reves", "situacion"),
    [
        ("estrella-blanca", 0, False, "concluido"),
        ("estrella-blanca", 3, True, "negado"),
        ("reporte-servicio", 0, False, "concluido"),
        ("reporte-servicio", 5, False, "concluido"),
        ("reporte-servicio", 4, True, "improcedente"),
        ("reporte-servicio", 6, True, "cerrado_sin_verificacion"),
    ],
)
def test_un_guion_que_no_conoce_el_procedimiento_lo_lleva_al_final(
    procedimiento: str, primera: int, al_reves: bool, situacion: str, correr: Correr
) -> None:
    """Sin saber nada del manual: sólo `siguientes`, `falta` y `orden`."""
    caso = Guion(correr, primera, al_reves).concluir(procedimiento)

    assert caso["situacion"] == situacion
    assert caso["pasos"] == [] and caso["siguientes"] == []
    assert correr("revisar") == (0, "Todo en orden.\n", "")
