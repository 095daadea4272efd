"""Un día de oficina por la línea de órdenes, con lo que una persona vería."""

from pathlib import Path

from docx import Document

from tests.cli.oficinista import REQUISITOS, VIAJE, aparte, datos, en_terminal, objeto
from tests.conftest import Correr

EJEMPLOS = Path(__file__).parents[2] / "datos/ejemplos"
VIERNES = "2026-11-20 12:00"


def test_un_dia_de_oficina(correr: Correr, oficina: Path, tmp_path: Path) -> None:
    """De la apertura al archivo: cada orden dice qué pasó y qué sigue."""
    abierto = correr("abrir", "estrella-blanca", *datos(VIAJE), "--canal", "teléfono")
    assert abierto == (0, "EB-2026-0001: abierto; sigue «registrar».\n", "")

    visto = correr("ver", "eb-2026-0001")
    assert "EB-2026-0001 · Descuento del 50 % en pasaje de autobús\n" in visto.stdout
    assert "Situación: En trámite\n" in visto.stdout
    assert "Toca: registrar — Auxiliar de Área\n" in visto.stdout
    assert "  Orden: expediente avanzar EB-2026-0001\n" in visto.stdout

    correr("avanzar", "EB-2026-0001")
    falta = correr("avanzar", "EB-2026-0001")
    assert falta.codigo == 69
    assert "falta Identificación oficial (requisito «identificacion»)" in falta.stderr
    assert "Le toca a Auxiliar de Área." in falta.stderr
    assert "--requisito carnet\n" in correr("ver", "EB-2026-0001").stdout

    correr("avanzar", "EB-2026-0001", *REQUISITOS)
    preparado = correr("avanzar", "EB-2026-0001")
    assert preparado.stdout == (
        "EB-2026-0001: paso dado; sigue «autorizar». Documento: DIF/DG/0001/2026\n"
    )
    assert "EB-2026-0001" in correr("pendientes", "--rol", "direccion").stdout
    assert list(oficina.rglob("*_BORRADOR.docx"))

    firmado = ("avanzar", "EB-2026-0001", "--resultado", "autoriza", "--por", "directora")
    assert "sigue «entregar»" in correr(*firmado).stdout
    carta = oficina / "expedientes/2026/EB-2026-0001/documentos/oficio-DIF-DG-0001-2026.docx"
    escrito = Document(str(carta)).element.xpath("string(//w:body)")
    assert "OFELIA CERVANTES CÁZARES" in escrito.upper()
    assert not list(oficina.rglob("*_BORRADOR.docx"))

    correr("avanzar", "EB-2026-0001", "--recibe", "La beneficiaria")
    correr("avanzar", "EB-2026-0001")
    assert correr("avanzar", "EB-2026-0001").stdout == (
        "EB-2026-0001: paso dado; queda concluido.\n"
    )
    assert "Avance autorizar autoriza" in correr("historial", "EB-2026-0001").stdout
    assert "Se cumplió: 20 de noviembre de 2026" in correr("plazo", "EB-2026-0001").stdout

    informe = correr("informe", "estrella-blanca", "--semana", "2026-W47")
    assert informe.codigo == 0
    assert "0 abiertos al inicio + 1 recibidos + 0 reabiertos − 1 concluidos" in informe.stdout
    assert (oficina / "informes/2026/S47/estrella-blanca.docx").is_file()

    unidad = tmp_path / "unidad"
    archivado = correr("archivar", "EB-2026-0001", "--destino", unidad)
    assert archivado.codigo == 0 and str(unidad) in archivado.stdout
    assert correr("archivo", "verificar", unidad).stdout == "Bolsas íntegras: 1 de 1.\n"
    assert correr("revisar") == (0, "Todo en orden.\n", "")


def test_una_hoja_se_abre_de_un_golpe_y_lo_malo_se_lista(correr: Correr) -> None:
    hoja = EJEMPLOS / "reportes-agua.csv"
    orden = ("abrir", "reporte-servicio", "--desde", hoja, "--mapa", "mapas/sacmex-2022.yaml")

    primera = correr(*orden)
    segunda = correr(*orden)

    assert primera.codigo == segunda.codigo == 1
    assert "Abiertos 57: RS-2026-0001 a RS-2026-0057.\nRechazados 3:\n" in primera.stdout
    assert "Corrija en la hoja sólo esos renglones" in primera.stderr
    assert "Ya estaban 57: RS-2026-0001, RS-2026-0002, " in segunda.stdout
    assert "RS-2026-0005 y 52 más; no se repiten.\n" in segunda.stdout
    assert "Abiertos" not in segunda.stdout


def test_una_hoja_propia_no_necesita_mapa(correr: Correr, tmp_path: Path) -> None:
    hoja = tmp_path / "lunes.csv"
    hoja.write_text(
        "Beneficiario: nombre(s);beneficiario.primer_apellido;Va a;recibido\n"
        "Ana;Ruiz;Torreón;19/11/2026 10:30\n"
        "José;Muñiz;Marte;19/11/2026 10:40\n",
        encoding="cp1252",
    )

    abierto = correr("abrir", "estrella-blanca", "--desde", hoja)

    assert abierto.codigo == 1
    assert "Abiertos 1: EB-2026-0001." in abierto.stdout
    assert "3        «destino»: no está en el catálogo «destinos»." in abierto.stdout
    assert "Muñiz" not in abierto.stdout + abierto.stderr


def test_un_yaml_por_stdin_abre_con_listas_y_partes(correr: Correr) -> None:
    solicitud = (
        "# Lo dictó por teléfono.\n"
        "beneficiario:\n  nombres: Ana\n  primer_apellido: Ruiz\n"
        "acompanantes:\n  - nombres: Luis\n    primer_apellido: Ruiz\n"
        "destino: Torreón\n"
    )

    abierto = correr("abrir", "estrella-blanca", "--desde", "-", stdin=solicitud)
    visto = correr("ver", "EB-2026-0001")

    assert abierto.codigo == 0
    assert "Acompañante: nombre(s)" in visto.stdout and "Luis" in visto.stdout


def test_en_una_terminal_pregunta_y_repite_hasta_entender(oficina: Path) -> None:
    persona = ["Ana", "Ruiz", "de la Cruz", "", "871 155 0199"]
    domicilio = ["Privada del Membrillo", "14", "", "", "", "", ""]
    viaje = ["Marte", "Saltillo", "Torreón", "redondo", "ayer", "24/11/2026", "25/11/2026"]
    cita = ["Clínica 46", "", "consulta"]
    acompanante = ["s", "Íñigo", "Ruiz", "", "", "", "n"]
    respuestas = [*persona, *domicilio, *viaje, *cita, *acompanante]

    codigo, pantalla = en_terminal(
        "abrir",
        "estrella-blanca",
        en=oficina,
        teclas="\n".join(respuestas) + "\n",
        EXPEDIENTE_AHORA=VIERNES,
    )

    assert codigo == 0
    assert "Con sólo Intro, un dato se deja para después." in pantalla
    assert "No está en el catálogo «destinos»" in pantalla
    assert "No es una fecha; escríbala como 06/09/2024" in pantalla
    assert "EB-2026-0001: abierto; sigue «registrar»." in pantalla
    caso = (oficina / "expedientes/2026/EB-2026-0001/expediente.yaml").read_text("utf-8")
    assert "origen: saltillo\n" in caso and "fecha_viaje: '2026-11-24'\n" in caso
    assert "colonia" not in caso
    assert "segundo_apellido: de la Cruz\n" in caso
    assert "acompanantes.0.nombres: Íñigo\n" in caso


def test_sin_terminal_no_se_pregunta_nada(oficina: Path) -> None:
    abierto = aparte("abrir", "reporte-servicio", en=oficina, EXPEDIENTE_AHORA=VIERNES)

    assert abierto == (0, "RS-2026-0001: abierto; sigue «registrar».\n", "")


def test_una_lista_por_stdin_avanza_y_cuenta_lo_que_no_se_pudo(correr: Correr) -> None:
    for _ in range(3):
        correr("abrir", "estrella-blanca", *datos(VIAJE))
    correr("abrir", "estrella-blanca")
    folios = correr("listar", "--paso", "registrar", "--solo-folios").stdout

    avance = correr("avanzar", "-", stdin=folios + "EB-2026-0099\n")
    otra = correr("avanzar", "EB-2026-0001", "EB-2026-0002", *REQUISITOS)

    assert folios == "".join(f"EB-2026-000{n}\n" for n in (1, 2, 3, 4))
    assert avance.codigo == 1
    assert avance.stdout.count("paso dado; sigue «reunir-requisitos»") == 3
    assert "EB-2026-0004  El paso «registrar» no puede darse: falta" in avance.stdout
    assert "EB-2026-0099  No existe el expediente EB-2026-0099." in avance.stdout
    assert avance.stderr == "3 hechos, 2 con problema.\n"
    assert otra.codigo == 0 and otra.stdout.count("sigue «elaborar»") == 2


def test_los_oficios_se_acusan_se_cancelan_y_se_reexpiden(correr: Correr) -> None:
    for _ in range(2):
        correr("abrir", "estrella-blanca", *datos(VIAJE))
    ambos = ("EB-2026-0001", "EB-2026-0002")
    correr("avanzar", *ambos)
    correr("avanzar", *ambos, *REQUISITOS)
    correr("avanzar", *ambos)
    correr("avanzar", *ambos, "--resultado", "autoriza", "--por", "directora")

    acuse = correr("oficio", "acusar", "DIF/DG/0001/2026", "--recibe", "Ofelia")
    anulado = correr("oficio", "cancelar", "dif/dg/0002/2026", "--motivo", "Cambió la cita.")
    nuevo = correr("oficio", "emitir", "EB-2026-0002", "--documento", "oficio")
    nada = correr("oficio", "emitir", "EB-2026-0001")

    assert (acuse.codigo, anulado.codigo, nuevo.codigo, nada.codigo) == (0, 0, 0, 0)
    assert "Documento: DIF/DG/0003/2026\n" in nuevo.stdout
    assert nada.stderr == "No hay documentos pendientes.\n"
    libro = correr("oficio", "libro").stdout.splitlines()
    assert [renglon.split()[:3:2] for renglon in libro[1:]] == [
        ["DIF/DG/0001/2026", "entregado"],
        ["DIF/DG/0002/2026", "cancelado"],
        ["DIF/DG/0003/2026", "emitido"],
    ]
    auditoria = correr("oficio", "libro", "--auditar")
    assert auditoria.codigo == 0
    assert "Huecos: ninguno." in auditoria.stdout
    assert "Cancelado DIF/DG/0002/2026: Cambió la cita." in auditoria.stdout


def test_se_anota_se_anexa_y_se_cancela(correr: Correr, oficina: Path, tmp_path: Path) -> None:
    escaneo = tmp_path / "INE de la señora.PDF"
    escaneo.write_bytes(b"%PDF-1.7")
    correr("abrir", "estrella-blanca")

    correr("anotar", "EB-2026-0001", "--nota", "Llamó para preguntar.")
    anexado = correr("anexar", "EB-2026-0001", escaneo)
    cancelado = correr("cancelar", "EB-2026-0001", "--motivo", "Se capturó dos veces.")
    otra_vez = correr("cancelar", "EB-2026-0001", "--motivo", "Se capturó dos veces.")

    carpeta = oficina / "expedientes/2026/EB-2026-0001"
    assert anexado.stdout.endswith("Documento: anexos/anexo-0001.pdf\n")
    assert (carpeta / "anexos/anexo-0001.pdf").read_bytes() == b"%PDF-1.7"
    assert cancelado.stdout == "EB-2026-0001: cancelado; queda cancelado.\n"
    assert otra_vez.codigo == 69 and "ya terminó (cancelado)" in otra_vez.stderr
    assert "Llamó para preguntar." in correr("historial", "EB-2026-0001").stdout


def test_el_informe_al_mismo_corte_da_lo_mismo(correr: Correr) -> None:
    correr("abrir", "estrella-blanca", *datos(VIAJE))
    orden = ("informe", "estrella-blanca", "--semana", "2026-W47", "--al", "2026-11-20 12:30")

    antes = objeto(correr(*orden, "--json", ahora="2026-11-20 13:00"))
    correr("abrir", "estrella-blanca", *datos(VIAJE), ahora="2026-11-20 13:10")
    despues = objeto(correr(*orden, "--json", ahora="2026-11-20 13:20"))

    assert antes == despues
    assert antes["totales"]["recibidos"] == 1


def test_los_procedimientos_se_leen_como_la_tabla_del_manual(correr: Correr) -> None:
    lista = correr("procedimiento", "listar").stdout
    tabla = correr("procedimiento", "ver", "reporte-servicio").stdout
    revision = correr("procedimiento", "revisar")

    assert "estrella-blanca" in lista and "reporte-servicio" in lista
    assert "1, 2" in tabla and "no-localizado → verificar" in tabla
    assert revision.codigo == 0 and revision.stdout.startswith("Sin problemas: ")
