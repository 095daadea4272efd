"""Los campos: lo que se escribe, la forma en que queda y lo que se contesta si no sirve."""

import random
import string
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from stdnum.mx import curp as oraculo

from expediente.nucleo.campo import (
    COMPUESTOS,
    TIPOS,
    Campo,
    Opcion,
    ValorInvalido,
    convertir,
    hojas,
    leer_momento,
    limpiar,
    plano,
    valor,
)
from expediente.nucleo.curp import digito_verificador, revisar_curp
from expediente.nucleo.medida import Medida

CURP = "PEGJ850315HDGRRN04"
CANALES = {c.clave: c for c in (Opcion("ventanilla", "Ventanilla"), Opcion("telefono", "Teléfono"))}


def como(tipo: str, escrito: str) -> str:
    return convertir(Campo("dato", "Dato", tipo), escrito, {})


@pytest.mark.parametrize(
    ("tipo", "escrito", "canonico"),
    [
        ("texto", "  Ana   María\tde  la\nO ", "Ana María de la O"),
        ("texto", "Mun\u0303oz", "Muñoz"),
        ("texto", "no", "no"),
        ("parrafo", "Uno\r\ny  dos \n", "Uno\ny  dos"),
        ("fecha", "06/09/2024", "2024-09-06"),
        ("fecha", "6/9/2024", "2024-09-06"),
        ("fecha", "6-9-2024", "2024-09-06"),
        ("fecha", "2024-09-06", "2024-09-06"),
        ("fecha", "29/02/2024", "2024-02-29"),
        ("hora", "9:05", "09:05"),
        ("hora", "23:59", "23:59"),
        ("hora", "00:00:59", "00:00"),
        ("entero", "007", "7"),
        ("entero", "-3", "-3"),
        ("entero", "1,500", "1500"),
        ("entero", "1,234,567", "1234567"),
        ("monto", "1500", "1500.00"),
        ("monto", "$1,500.1", "1500.10"),
        ("monto", "$ 1,500.10", "1500.10"),
        ("monto", "1500.10", "1500.10"),
        ("monto", "0.05", "0.05"),
        ("monto", "1,234,567.89", "1234567.89"),
        ("decimal", "25.561234", "25.561234"),
        ("decimal", "-103.498", "-103.498"),
        ("codigo-postal", "01000", "01000"),
        ("curp", "pegj850315hdgrrn04", CURP),
        ("curp", "PEGJ 850315-HDGRRN-04", CURP),
    ],
)
def test_lo_escrito_queda_en_su_forma_canonica(tipo: str, escrito: str, canonico: str) -> None:
    assert como(tipo, escrito) == canonico


@pytest.mark.parametrize("tipo", TIPOS)
@pytest.mark.parametrize("escrito", ["", "   ", "\n\t "])
def test_lo_que_no_se_escribio_queda_vacio_en_todos_los_tipos(tipo: str, escrito: str) -> None:
    assert como(tipo, escrito) == ""


@pytest.mark.parametrize(
    ("tipo", "escrito", "remedio"),
    [
        ("fecha", "30/02/2026", "no existe en el calendario"),
        ("fecha", "29/02/2025", "no existe en el calendario"),
        ("fecha", "13/13/2026", "no existe en el calendario"),
        ("fecha", "00/01/2026", "no existe en el calendario"),
        ("fecha", "0000-01-01", "no existe en el calendario"),
        ("fecha", "06/09/24", "con cuatro"),
        ("fecha", "6 de septiembre de 2024", "escríbala como"),
        ("fecha", "2024/09/06", "escríbala como"),
        ("fecha", "mañana", "escríbala como"),
        ("hora", "24:00", "de 00:00 a 23:59"),
        ("hora", "10:60", "de 00:00 a 23:59"),
        ("hora", "10:30:99", "de 00:00 a 23:59"),
        ("hora", "3 pm", "de 00:00 a 23:59"),
        ("entero", "1.5", "entero"),
        ("entero", "1,5", "entero"),
        ("entero", "1,,500", "entero"),
        ("entero", "9" * 5000, "entero"),
        ("entero", "1e3", "entero"),
        ("monto", "1,50", "como 1,500.10"),
        ("monto", "1.500,10", "como 1,500.10"),
        ("monto", "1500,10", "como 1,500.10"),
        ("monto", "15,00,00", "como 1,500.10"),
        ("monto", "1$5", "como 1,500.10"),
        ("monto", "-20", "como 1,500.10"),
        ("monto", "1.234", "como 1,500.10"),
        ("monto", "1_000", "como 1,500.10"),
        ("monto", "NaN", "como 1,500.10"),
        ("monto", "1E5", "como 1,500.10"),
        ("decimal", "25,56", "como 25.561234"),
        ("si-no", "tal vez", "«sí» o «no»"),
        ("codigo-postal", "1000", "ceros a la izquierda"),
        ("codigo-postal", "350001", "ceros a la izquierda"),
    ],
)
def test_lo_que_no_sirve_dice_como_escribirlo(tipo: str, escrito: str, remedio: str) -> None:
    with pytest.raises(ValorInvalido, match=remedio):
        como(tipo, escrito)


@pytest.mark.parametrize(
    "tipo", ["fecha", "hora", "entero", "monto", "decimal", "telefono", "codigo-postal", "curp"]
)
@pytest.mark.parametrize("cero", ["٠", "０"])
def test_las_cifras_de_otra_escritura_no_se_guardan(tipo: str, cero: str) -> None:
    """Se ven iguales en pantalla, pero no se buscan ni se comparan como las nuestras."""
    validos = {
        "fecha": "2024-09-06", "hora": "10:30", "entero": "10", "monto": "10.50",
        "decimal": "10.5", "telefono": "8711234560", "codigo-postal": "35000", "curp": CURP,
    }  # fmt: skip
    ajeno = validos[tipo].replace("0", cero)

    with pytest.raises(ValorInvalido):
        como(tipo, ajeno)


@pytest.mark.parametrize("escrito", ["sí", "SI", "s", "x", "X", "1", "Sí", "verdadero"])
def test_estas_palabras_dicen_que_si(escrito: str) -> None:
    assert como("si-no", escrito) == "sí"


@pytest.mark.parametrize("escrito", ["no", "NO", "n", "0", "Falso"])
def test_estas_palabras_dicen_que_no(escrito: str) -> None:
    assert como("si-no", escrito) == "no"


@pytest.mark.parametrize(
    "escrito",
    [
        "8711234567", "871 123 4567", "(871) 123-4567", "871.123.45.67", "+52 871 123 4567",
        "+52 1 871 123 4567", "52 8711234567", "0052 871 123 4567", "044 871 123 4567",
        "045 871 123 4567", "01 871 123 4567", "01-871-123-45-67", "1 871 123 4567",
        "871\u00a0123\u00a04567", "871/123/4567",
    ],
)  # fmt: skip
def test_el_telefono_queda_en_diez_cifras(escrito: str) -> None:
    assert como("telefono", escrito) == "8711234567"


def test_un_telefono_que_empieza_con_la_clave_del_pais_no_pierde_sus_cifras() -> None:
    assert como("telefono", "5255123456") == "5255123456"


@pytest.mark.parametrize(
    "escrito",
    ["911", "123 4567", "87112345678", "871 123 4567 ext. 5", "no tiene", "871-CASA-567",
     "8711234567, 8717654321", "+1 871 123 45678"],
)  # fmt: skip
def test_el_telefono_que_no_tiene_diez_cifras_no_pasa(escrito: str) -> None:
    with pytest.raises(ValorInvalido, match="diez cifras"):
        como("telefono", escrito)


def controles() -> list[str]:
    c0_y_suprimir = [chr(n) for n in (*range(0x20), 0x7F)]
    return c0_y_suprimir + [chr(n) for n in range(0x80, 0xA0)]


def test_son_sesenta_y_cinco_las_letras_de_control() -> None:
    assert len(controles()) == 65


@pytest.mark.parametrize("tipo", TIPOS)
@pytest.mark.parametrize("letra", [c for c in controles() if c not in "\t\n"], ids=ascii)
def test_ninguna_letra_de_control_entra_en_un_dato(tipo: str, letra: str) -> None:
    """Word las convierte en párrafos o se niega a abrir el oficio."""
    with pytest.raises(ValorInvalido, match="no son texto"):
        como(tipo, f"a{letra}b")


@pytest.mark.parametrize("letra", controles(), ids=ascii)
def test_una_letra_de_control_en_la_orilla_se_quita_o_se_rechaza(letra: str) -> None:
    try:
        guardado = como("parrafo", f"{letra}a{letra}")
    except ValorInvalido:
        return

    assert guardado == "a"


@pytest.mark.parametrize(
    "letra",
    ["\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff", "\ud800", "\udfff", "\ue000",
     "\u2028", "\u2029"],
    ids=ascii,
)  # fmt: skip
def test_lo_que_unicode_no_da_por_texto_no_entra(letra: str) -> None:
    with pytest.raises(ValorInvalido, match="no son texto"):
        limpiar(f"a{letra}b")


@pytest.mark.parametrize(
    "nombre", ["Ñúñez & Hijos <S.A.>", "O'Brien", "{{ 7*7 }}", "José «Pepe»", "Ana 😀", "李"]
)
def test_lo_que_si_es_texto_se_guarda_tal_cual(nombre: str) -> None:
    assert como("texto", nombre) == nombre


SECRETO = "Zutana-Privada-99"
MALOS = ["30/02/1985", "06/09/24", "25:61", "1.500,10", "99x", "87112", "PEGJ850315HDGRRN05",
         "XXXX850230HDGRRN04", "PEGJ850315HZZRRN04", "Á" * 18, SECRETO]  # fmt: skip


@pytest.mark.parametrize("tipo", [*TIPOS])
def test_ningun_mensaje_repite_lo_escrito(tipo: str) -> None:
    """Un mensaje se fotografía, se manda por correo y acaba en una bitácora."""
    campo = Campo("dato", "Dato", tipo, catalogo="canales" if tipo == "opcion" else None)
    mensajes: dict[str, str] = {}

    for escrito in (*MALOS, f"{SECRETO}\x07", *(f"{m}\ufffe" for m in MALOS)):
        try:
            convertir(campo, escrito, {"canales": CANALES})
        except ValorInvalido as error:
            mensajes[escrito] = str(error)
            assert error.__cause__ is None and (error.__suppress_context__ or not error.__context__)

    assert mensajes
    for escrito, mensaje in mensajes.items():
        assert escrito.strip("\x07\ufffe") not in mensaje
        assert SECRETO not in mensaje


def test_una_opcion_se_elige_por_su_clave_o_su_nombre_como_se_escriba() -> None:
    campo = Campo("canal", "Canal", "opcion", catalogo="canales")

    elegidas = {
        convertir(campo, escrito, {"canales": CANALES})
        for escrito in ("telefono", "Teléfono", "TELÉFONO", "  teléfono ", "TELEFONO")
    }

    assert elegidas == {"telefono"}


def test_una_opcion_que_no_esta_sugiere_la_parecida() -> None:
    campo = Campo("canal", "Canal", "opcion", catalogo="canales")

    with pytest.raises(ValorInvalido) as error:
        convertir(campo, "Bentanilla", {"canales": CANALES})

    assert str(error.value) == "no está en el catálogo «canales». ¿Quiso decir «Ventanilla»?"


def test_una_opcion_sin_parecido_ensenia_las_pocas_que_hay() -> None:
    campo = Campo("canal", "Canal", "opcion", opciones=tuple(CANALES.values()))

    with pytest.raises(ValorInvalido) as error:
        convertir(campo, "xyz", {})

    assert str(error.value) == "no está entre las opciones. Son: «Ventanilla», «Teléfono»."


def curp_al_azar(azar: random.Random) -> str:
    nacio = date(1920, 1, 1) + timedelta(days=azar.randrange(38_717))
    diferenciador = string.digits if nacio.year < 2000 else string.ascii_uppercase
    diecisiete = (
        # La X en segundo lugar no forma ninguna de las palabras que el oráculo prohíbe.
        f"{azar.choice('ABCDEFGHIJ')}X{azar.choice('LMNOP')}{azar.choice('RSTUV')}{nacio:%y%m%d}"
        f"{azar.choice('HM')}{azar.choice(['DG', 'SL', 'MC', 'DF', 'NE', 'CL', 'ZS', 'YN'])}"
        f"{''.join(azar.choices('BCDFGHJKLMNPQRSTVWXYZ', k=3))}{azar.choice(diferenciador)}"
    )
    return diecisiete + digito_verificador(diecisiete)


def test_la_curp_se_juzga_como_el_oraculo_bien_escrita_y_mal_escrita() -> None:
    azar = random.Random(18)
    buenas = [curp_al_azar(azar) for _ in range(500)]
    mutadas = []
    for curp in buenas:
        lugar = azar.randrange(18)
        # El oráculo aún no conoce el sexo X; se prueba aparte.
        letras = "HM" if lugar == 10 else string.ascii_uppercase + string.digits
        mutadas.append(curp[:lugar] + azar.choice(letras) + curp[lugar + 1 :])
    cambiadas = [c[:4] + c[5] + c[4] + c[6:] for c in buenas]
    cortas = [c[:-1] for c in buenas[:10]] + [c + "0" for c in buenas[:10]]

    juicios = {c: revisar_curp(c) is None for c in buenas + mutadas + cambiadas + cortas}

    assert all(juicios[c] for c in buenas)
    assert sum(not juicios[c] for c in mutadas) > 400
    assert juicios == {c: oraculo.is_valid(c) for c in juicios}


@pytest.mark.parametrize(
    ("curp", "problema"),
    [
        ("PEGJ850315HDGRRN0", "dieciocho"),
        ("PEGJ850315HDGRRN05", "dígito verificador"),
        ("PEGJ850230HDGRRN04", "fecha de nacimiento"),
        ("PEGJ850315HZZRRN04", "entidad"),
        ("PEÑJ850315HDGRRN04", "estructura"),
        ("PEGJ850315KDGRRN04", "estructura"),
    ],
)
def test_la_curp_dice_que_esta_mal_y_que_puede_dejarse_vacia(curp: str, problema: str) -> None:
    with pytest.raises(ValorInvalido, match=f"{problema}.* déjela vacía"):
        como("curp", curp)


def test_la_curp_no_binaria_y_la_de_siglo_xxi_valen() -> None:
    no_binaria = "PEGJ850315XDGRRN0"
    del_siglo = "LOMA050920MDGPRNA7"

    assert revisar_curp(no_binaria + digito_verificador(no_binaria)) is None
    assert revisar_curp(del_siglo) is None


def test_el_siglo_de_la_curp_lo_dice_su_diferenciador() -> None:
    """El 29 de febrero existió en 2000 (letra) y no en 1900 (cifra)."""
    de_1900, de_2000 = "PXLR000229HDGBCD0", "PXLR000229HDGBCDA"

    assert revisar_curp(de_2000 + digito_verificador(de_2000)) is None
    assert revisar_curp(de_1900 + digito_verificador(de_1900)) == (
        "la CURP lleva una fecha de nacimiento que no existe."
    )


@pytest.mark.parametrize(
    ("tipo", "canonico", "dato"),
    [
        ("fecha", "2024-09-06", date(2024, 9, 6)),
        ("entero", "1500", 1500),
        ("monto", "1500.10", Decimal("1500.10")),
        ("decimal", "-103.4", Medida("-103.4")),
        ("si-no", "sí", True),
        ("si-no", "no", False),
        ("texto", "no", "no"),
        ("codigo-postal", "01000", "01000"),
        ("hora", "09:05", "09:05"),
    ],
)
def test_lo_canonico_se_vuelve_dato(tipo: str, canonico: str, dato: object) -> None:
    leido = valor(Campo("dato", "Dato", tipo), canonico)

    assert leido == dato
    assert type(leido) is type(dato)


def test_lo_canonico_vuelve_a_entenderse_igual() -> None:
    """Lo guardado se relee al corregir a mano el fichero: no debe cambiar."""
    escritos: Mapping[str, str] = {
        "fecha": "6/9/2024", "hora": "9:05", "entero": "1,500", "monto": "$1,500.1",
        "si-no": "x", "telefono": "044 871 123 4567", "curp": CURP.lower(),
        "decimal": "25.5", "codigo-postal": "01000", "texto": "a  b", "parrafo": "a\r\nb",
    }  # fmt: skip

    canonicos = {tipo: como(tipo, escrito) for tipo, escrito in escritos.items()}

    assert {tipo: como(tipo, canonico) for tipo, canonico in canonicos.items()} == canonicos


@pytest.mark.parametrize(
    ("uno", "otro"),
    [
        ("Gómez  Palacio", "GOMEZ PALACIO"),
        ("no_regularizada", "No regularizada"),
        ("ÑANDÚ", "ñandu"),
    ],
)
def test_plano_iguala_lo_que_una_persona_daria_por_igual(uno: str, otro: str) -> None:
    assert plano(uno) == plano(otro)


def test_plano_no_confunde_la_enie_con_la_ene() -> None:
    assert plano("Peña") != plano("Pena")
    assert plano(unicodedata.normalize("NFD", "Peña")) == plano("Peña")


def test_una_persona_se_pide_por_partes_y_el_procedimiento_exige_otras() -> None:
    campo = Campo("usuario", "Usuario", "persona", partes=("telefono",), sensible=True)

    partes = {hoja.clave: hoja for hoja in hojas(campo)}

    assert [clave for clave, hoja in partes.items() if hoja.obligatorio] == [
        "usuario.nombres", "usuario.primer_apellido", "usuario.telefono",
    ]  # fmt: skip
    assert all(hoja.sensible for hoja in partes.values())
    assert partes["usuario.curp"].nombre == "Usuario: CURP"


def test_las_hojas_de_una_lista_llevan_el_lugar_de_su_numero() -> None:
    suelta = Campo("ruta", "Ruta", lista=3)
    compuesta = Campo("pasajero", "Pasajero", "persona", lista=2)

    assert [hoja.clave for hoja in hojas(suelta)] == ["ruta.#"]
    assert [hoja.clave for hoja in hojas(compuesta)] == [
        f"pasajero.#.{parte.clave}" for parte in COMPUESTOS["persona"]
    ]


@pytest.mark.parametrize(
    ("escrito", "momento"),
    [
        ("2026-11-21", datetime(2026, 11, 21)),
        ("2026-11-21 09:05", datetime(2026, 11, 21, 9, 5)),
        ("2026-11-21T09:05:59", datetime(2026, 11, 21, 9, 5)),
        ("21/11/2026 9:05", datetime(2026, 11, 21, 9, 5)),
        ("21/11/2026  9:05", datetime(2026, 11, 21, 9, 5)),
    ],
)
def test_un_momento_se_escribe_de_dos_maneras(escrito: str, momento: datetime) -> None:
    assert leer_momento(escrito) == momento


def test_un_momento_con_formatos_acepta_solo_esos() -> None:
    formatos = ("%d/%m/%Y %H:%M", "%d/%m/%Y")

    assert leer_momento("21/11/2026 09:05", formatos) == datetime(2026, 11, 21, 9, 5)
    assert leer_momento("21/11/2026", formatos) == datetime(2026, 11, 21)
    with pytest.raises(ValorInvalido, match="no viene como dice el mapa"):
        leer_momento("2026-11-21", formatos)


@pytest.mark.parametrize("escrito", ["", "ayer", "2026-02-30 10:00", "2026-11-21 25:00"])
def test_un_momento_que_no_existe_no_se_entiende(escrito: str) -> None:
    with pytest.raises(ValorInvalido):
        leer_momento(escrito)


@pytest.mark.parametrize("escrito", ["2026-11-20T09:30:00-06:00", "2026-11-20 15:30Z"])
def test_un_momento_escrito_por_otro_programa_conserva_su_huso(escrito: str) -> None:
    leido = leer_momento(escrito)

    assert leido.astimezone(UTC).isoformat() == "2026-11-20T15:30:00+00:00"
