"""Una hoja de Excel con doscientas solicitudes: lo bueno se abre, lo malo se explica."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from expediente.almacen.hojas import hoja_de_bytes, leer_hoja
from expediente.nucleo.errores import DatosInvalidos, NoExiste
from expediente.operaciones.asunto import tomar
from expediente.operaciones.cargar import Carga, cargar_hoja
from expediente.operaciones.listas import Filtro, listar
from tests.operaciones.tramites import Abridor, ficheros

EJEMPLOS = Path(__file__).resolve().parents[2] / "datos" / "ejemplos"
SOLICITUDES = EJEMPLOS / "solicitudes-estrella-blanca.csv"
REPORTES = EJEMPLOS / "reportes-agua.csv"
ENCABEZADO = "beneficiario.nombres,beneficiario.primer_apellido,destino,fecha_viaje\n"


Cargar = Callable[..., Carga]


@pytest.fixture
def cargar(ventanilla: Abridor) -> Cargar:
    """Carga en la oficina una hoja de solicitudes escrita en la prueba."""

    def hacer(escrita: str | bytes, sufijo: str = ".csv") -> Carga:
        crudo = escrita if isinstance(escrita, bytes) else escrita.encode()
        hoja = hoja_de_bytes(crudo, sufijo, f"hoja{sufijo}")
        return cargar_hoja(ventanilla(), "estrella-blanca", hoja)

    return hacer


def sembrados() -> list[tuple[int, str]]:
    """(renglón, mensaje) de cada defecto sembrado en las solicitudes de ejemplo."""
    with (EJEMPLOS / "defectos.csv").open(encoding="utf-8-sig", newline="") as fichero:
        return [(int(fila["renglon"]), fila["mensaje"]) for fila in csv.DictReader(fichero)]


def test_los_once_defectos_se_rechazan_con_su_mensaje_y_lo_demas_se_abre(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla("2026-11-20 11:45")

    carga = cargar_hoja(
        v, "estrella-blanca", leer_hoja(SOLICITUDES), oficina / "mapas" / "estrella-blanca.yaml"
    )

    assert [(r.renglon, r.motivo) for r in carga.rechazados] == sembrados()
    assert len(carga.rechazados) == 11
    assert len(carga.abiertos) == 203
    assert len(listar(v, Filtro()).renglones) == 203


def test_interrumpir_deja_lo_abierto_y_dice_cuantos_renglones_faltan(ventanilla: Abridor) -> None:
    renglones = "".join(f"Ana {letra},Ruiz,torreon,2026-12-01\n" for letra in "ABC")
    hoja = hoja_de_bytes((ENCABEZADO + renglones).encode(), ".csv", "hoja.csv")
    pulsaciones = iter([False, True])

    def al_avanzar() -> None:
        if next(pulsaciones):
            raise KeyboardInterrupt

    cortada = cargar_hoja(ventanilla(), "estrella-blanca", hoja, al_avanzar=al_avanzar)
    repetida = cargar_hoja(ventanilla(), "estrella-blanca", hoja)

    assert (len(cortada.abiertos), cortada.faltan) == (1, 2)
    assert (len(repetida.ya_estaban), len(repetida.abiertos), repetida.faltan) == (1, 2, 0)


def test_cargar_otra_vez_no_abre_nada(ventanilla: Abridor, oficina: Path) -> None:
    mapa = oficina / "mapas" / "sacmex-2022.yaml"
    primera = cargar_hoja(ventanilla(), "reporte-servicio", leer_hoja(REPORTES), mapa)
    antes = ficheros(oficina / "expedientes")

    otra = cargar_hoja(ventanilla(), "reporte-servicio", leer_hoja(REPORTES), mapa)

    assert otra.abiertos == ()
    assert [caso.folio for _, caso in otra.ya_estaban] == [h.folio for _, h in primera.abiertos]
    assert otra.rechazados == primera.rechazados
    assert ficheros(oficina / "expedientes") == antes


def test_simular_lo_ya_cargado_dice_que_ya_estaba(cargar: Cargar, ventanilla: Abridor) -> None:
    escrita = ENCABEZADO + "Ana,Gil,Torreón,25/11/2026\n"
    cargar(escrita)
    hoja = hoja_de_bytes(escrita.encode(), ".csv", "hoja.csv")

    simulada = cargar_hoja(ventanilla(), "estrella-blanca", hoja, simular=True)

    [(renglon, caso)] = simulada.ya_estaban
    assert simulada.abiertos == ()
    assert (renglon, caso.folio, caso.pasos) == (2, "EB-2026-0001", ("registrar",))


def test_los_sesenta_reportes_de_agua_entran_por_su_mapa(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla("2026-11-20 11:45")

    carga = cargar_hoja(
        v, "reporte-servicio", leer_hoja(REPORTES), oficina / "mapas" / "sacmex-2022.yaml"
    )

    assert (len(carga.abiertos), [r.renglon for r in carga.rechazados]) == (57, [31, 51, 61])
    estado = tomar(v, carga.abiertos[0][1].folio).estado
    assert f"{estado.abierto:%Y-%m-%d %H:%M:%S}" == "2026-11-18 07:33:33"
    assert estado.canal == "telefono"
    assert estado.datos["tipo_servicio"] == "fuga_red"
    assert estado.datos["ubicacion.longitud"] == "-103.57528559"


def test_na_es_que_no_hay_dato(ventanilla: Abridor, oficina: Path) -> None:
    v = ventanilla("2026-11-20 11:45")
    hoja = leer_hoja(REPORTES)
    con_na = {r.lugar for r in hoja.renglones if r.dice["colonia_catalogo"] == "NA"}
    assert con_na

    carga = cargar_hoja(v, "reporte-servicio", hoja, oficina / "mapas" / "sacmex-2022.yaml")

    sin_colonia = {
        lugar
        for lugar, hecho in carga.abiertos
        if "ubicacion.colonia" not in tomar(v, hecho.folio).estado.datos
    }
    assert sin_colonia == con_na


def test_corregir_el_renglon_malo_y_recargar_abre_solo_ese(cargar: Cargar) -> None:
    cargar(ENCABEZADO + "Ana,Gil,Torreón,25/11/2026\nLuz,Paz,Toreón,25/11/2026\n")

    otra = cargar(ENCABEZADO + "Ana,Gil,Torreón,25/11/2026\nLuz,Paz,Torreón,25/11/2026\n")

    assert [lugar for lugar, _ in otra.abiertos] == [3]
    assert [lugar for lugar, _ in otra.ya_estaban] == [2]


def test_simular_dice_lo_mismo_y_no_deja_nada(ventanilla: Abridor, oficina: Path) -> None:
    mapa = oficina / "mapas" / "sacmex-2022.yaml"
    antes = ficheros(oficina)

    simulada = cargar_hoja(
        ventanilla(), "reporte-servicio", leer_hoja(REPORTES), mapa, simular=True
    )

    assert len(simulada.abiertos) == 57 and len(simulada.rechazados) == 3
    assert ficheros(oficina) == antes


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252"])
def test_se_lee_como_la_guarde_excel(
    codificacion: str, cargar: Cargar, ventanilla: Abridor
) -> None:
    hoja = ENCABEZADO + "Íñigo,Muñiz,Gómez Palacio,25/11/2026\n"

    carga = cargar(hoja.encode(codificacion))

    datos = tomar(ventanilla(), carga.abiertos[0][1].folio).estado.datos
    assert datos["beneficiario.nombres"] == "Íñigo" and datos["destino"] == "gomez_palacio"


@pytest.mark.parametrize("separador", [";", "\t"])
def test_el_separador_puede_ser_punto_y_coma_o_tabulador(separador: str, cargar: Cargar) -> None:
    hoja = (ENCABEZADO + "Ana,Gil,Torreón,25/11/2026\n").replace(",", separador)

    assert len(cargar(hoja).abiertos) == 1


def test_un_texto_con_coma_va_entre_comillas(cargar: Cargar, ventanilla: Abridor) -> None:
    hoja = 'beneficiario.nombres,domicilio.calle\nAna,"Nogal, interior 4 ""B"""\n'

    (abierto,) = cargar(hoja).abiertos

    datos = tomar(ventanilla(), abierto[1].folio).estado.datos
    assert datos["domicilio.calle"] == 'Nogal, interior 4 "B"'


@pytest.mark.parametrize(
    "hoja",
    [
        'Ana,"Gil,Torreón,25/11/2026\nLuz,Paz,Torreón,25/11/2026\n',
        'Ana,"Gil,Torreón,25/11/2026\nLuz,"Paz",Torreón,25/11/2026\n',
    ],
)
def test_unas_comillas_sin_cerrar_no_se_tragan_los_renglones_que_siguen(
    hoja: str,
    cargar: Cargar,
    oficina: Path,
) -> None:
    with pytest.raises(DatosInvalidos, match=r"hoja.csv, renglón 2: .*comillas"):
        cargar(ENCABEZADO + hoja)

    assert ficheros(oficina / "expedientes") == {}


def test_un_renglon_en_blanco_se_salta_y_no_descuenta(cargar: Cargar) -> None:
    carga = cargar(ENCABEZADO + "\n,,,\nAna,Gil,Toreón,25/11/2026\n")

    assert [r.renglon for r in carga.rechazados] == [4]


def test_el_renglon_es_el_del_fichero_aunque_una_celda_tenga_saltos(cargar: Cargar) -> None:
    carga = cargar(ENCABEZADO + '"Ana\nMaría",Gil,Torreón,25/11/2026\nLuz,Paz,Toreón,25/11/2026\n')

    assert [lugar for lugar, _ in carga.abiertos] == [2]
    assert [r.renglon for r in carga.rechazados] == [4]


def test_las_columnas_que_el_mapa_pide_y_no_estan_se_dicen_todas(
    ventanilla: Abridor, oficina: Path
) -> None:
    hoja = hoja_de_bytes(b"Nombre(s),Destino\nAna,Torre\n", ".csv", "hoja.csv")

    with pytest.raises(DatosInvalidos, match=r"faltan columnas.*C\.P\., CURP, .*Unidad médica"):
        cargar_hoja(
            ventanilla(), "estrella-blanca", hoja, oficina / "mapas" / "estrella-blanca.yaml"
        )


def test_sin_mapa_una_columna_ajena_se_rechaza(cargar: Cargar) -> None:
    with pytest.raises(DatosInvalidos, match=r"La columna 1 .*no es un campo.*use --mapa"):
        cargar("Folio viejo,destino\n7,Torreón\n")


@pytest.mark.parametrize("hoja", ["", "\n", "destino,destino\nx,y\n", ",\na,b\n"])
def test_una_hoja_sin_encabezados_se_rechaza(hoja: str, cargar: Cargar) -> None:
    with pytest.raises(DatosInvalidos, match="los encabezados faltan o están repetidos"):
        cargar(hoja)


def test_un_mapa_de_otro_procedimiento_se_rechaza(ventanilla: Abridor, oficina: Path) -> None:
    with pytest.raises(DatosInvalidos, match="es un mapa de «reporte-servicio»"):
        cargar_hoja(
            ventanilla(),
            "estrella-blanca",
            leer_hoja(REPORTES),
            oficina / "mapas" / "sacmex-2022.yaml",
        )


def test_una_hoja_que_no_esta_se_dice(tmp_path: Path) -> None:
    with pytest.raises(NoExiste, match=r"no-esta\.csv: no existe"):
        leer_hoja(tmp_path / "no-esta.csv")


def test_en_yaml_las_solicitudes_llevan_sus_datos_anidados(
    cargar: Cargar, ventanilla: Abridor
) -> None:
    escrita = """\
- beneficiario: {nombres: Ana, primer_apellido: Gil}
  recibido: 19/11/2026 10:30
  canal: correo
  acompanantes:
    - {nombres: Luz, primer_apellido: Paz}
- destino: Toreón
"""

    carga = cargar(escrita, ".yaml")

    (abierto,) = carga.abiertos
    estado = tomar(ventanilla(), abierto[1].folio).estado
    assert (f"{estado.abierto:%d/%m %H:%M}", estado.canal) == ("19/11 10:30", "correo")
    assert estado.datos["acompanantes.0.nombres"] == "Luz"
    assert [r.renglon for r in carga.rechazados] == [2]


def test_ningun_motivo_repite_un_dato_de_la_persona(ventanilla: Abridor, oficina: Path) -> None:
    hoja = leer_hoja(SOLICITUDES)

    carga = cargar_hoja(
        ventanilla(),
        "estrella-blanca",
        hoja,
        oficina / "mapas" / "estrella-blanca.yaml",
        simular=True,
    )

    por_lugar = {r.lugar: r.dice for r in hoja.renglones}
    for rechazo in carga.rechazados:
        dice = por_lugar[rechazo.renglon]
        personales = {dice.get(c, "") for c in ("CURP", "Nombre(s)", "Teléfono", "Calle")} - {""}
        assert not [p for p in personales if p in rechazo.motivo]
