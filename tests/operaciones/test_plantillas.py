"""Las plantillas: lo que pueden usar, lo que tienen mal, con su sitio, y cómo se ven."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from expediente.documentos.datos_de_plantilla import ausentes_de
from expediente.documentos.papel import Papel
from expediente.documentos.plantilla import compilar
from expediente.documentos.redaccion import campos_de_la_carta
from expediente.documentos.vocabulario import Vocabulario, pasos_de
from expediente.nucleo.campo import convertir
from expediente.nucleo.curp import revisar_curp
from expediente.nucleo.errores import DatosInvalidos, ErrorUso, NoExiste
from expediente.nucleo.muestra import CLASES_DE_MUESTRA, NORMALES, datos_de_muestra
from expediente.operaciones.abrir import Solicitud, abrir
from expediente.operaciones.asunto import tomar
from expediente.operaciones.cartas import Carta, llenar_carta, papel_del_asunto
from expediente.operaciones.emisor import Emisor
from expediente.operaciones.emisores import emisores, los_de
from expediente.operaciones.listado_de_plantillas import listar_plantillas, revisar_plantillas
from expediente.operaciones.plantillas import (
    campos_usables,
    combinar,
    llenar_muestra,
    probar_plantilla,
)
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.revision_de_plantillas import TAL_CUAL, sin_el_dato
from expediente.operaciones.revision_de_procedimientos import problemas_de
from expediente.operaciones.ventanilla import Ventanilla
from tests.operaciones.tramites import Abridor, autorizada, ficheros, por_autorizar, texto_de_word

OFICIO = "oficio-estrella-blanca.docx"
Escribir = Callable[[Any], object]


def editar(oficina: Path, escribir: Escribir, fichero: str = OFICIO) -> None:
    """Cambia una plantilla como quien la edita en Word."""
    ruta = oficina / "plantillas" / fichero
    documento = docx.Document(str(ruta))
    escribir(documento)
    documento.save(str(ruta))


def dichos(v: Ventanilla, fichero: str = OFICIO) -> list[str]:
    """Los problemas de la plantilla, como los lee la auxiliar."""
    return [x.mensaje for x in revisar_plantillas(v, fichero) if not x.aviso]


def muestra_del_oficio(v: Ventanilla, datos: str = NORMALES) -> bytes:
    """El oficio lleno con un caso inventado."""
    (emisor,) = los_de(v, OFICIO)
    return llenar_muestra(v, emisor, datos)


def rutas_en(campos: Any, base: str = "") -> Iterator[str]:
    """Las rutas de todo lo que hay en unos campos, aunque valga None."""
    if isinstance(campos, dict):
        for clave, valor in campos.items():
            ruta = f"{base}.{clave}" if base else clave
            yield ruta
            yield from rutas_en(valor, ruta)
    elif isinstance(campos, list):
        for valor in campos:
            yield f"{base}[]"
            yield from rutas_en(valor, f"{base}[]")


@pytest.mark.parametrize("clase", CLASES_DE_MUESTRA)
def test_los_datos_de_muestra_son_los_que_alguien_podria_capturar(
    clase: str, ventanilla: Abridor
) -> None:
    v = ventanilla()

    mal = [
        (p.clave, clave)
        for p in todos(v)[0]
        for clave, escrito in datos_de_muestra(p, v.catalogos, v.ahora.date(), clase).items()
        if convertir(p.hojas[_generica(clave)], escrito, v.catalogos) != escrito
    ]

    assert mal == []


def _generica(clave: str) -> str:
    return ".".join("#" if parte.isdecimal() else parte for parte in clave.split("."))


def test_la_curp_de_cada_persona_inventada_tiene_su_digito(ventanilla: Abridor) -> None:
    v = ventanilla()
    [p] = [p for p in todos(v)[0] if p.clave == "estrella-blanca"]

    curps = [
        escrito
        for clase in CLASES_DE_MUESTRA
        for clave, escrito in datos_de_muestra(p, v.catalogos, v.ahora.date(), clase).items()
        if clave.endswith(".curp")
    ]

    assert len(curps) == 9
    assert [curp for curp in curps if revisar_curp(curp)] == []


def test_todo_lo_que_el_programa_da_a_una_plantilla_tiene_nombre(ventanilla: Abridor) -> None:
    sin_nombre = [
        (emisor.procedimiento, emisor.clave, ruta)
        for emisor in emisores(ventanilla())
        for ruta in rutas_en(emisor.campos)
        if Vocabulario(emisor.datos).problema(ruta, impreso=False)
    ]

    assert sin_nombre == []


def test_todo_lo_que_tiene_nombre_se_da_alguna_vez(ventanilla: Abridor) -> None:
    """Lo que el ejemplo no trae se le ofrecería en vano a quien edita una plantilla."""
    sin_dar: dict[str, bool] = {}

    for emisor in emisores(ventanilla()):
        dados = set(rutas_en(emisor.campos))
        for dato in emisor.datos:
            lista = dato.ruta.rpartition("[]")[0]
            vacia = lista in dados and f"{lista}[]" not in dados
            if not dato.sensible:
                falta = dato.ruta not in dados and not vacia
                sin_dar[dato.ruta] = sin_dar.get(dato.ruta, True) and falta

    assert [ruta for ruta, falta in sin_dar.items() if falta] == []


def test_las_plantillas_de_fabrica_no_tienen_problemas(ventanilla: Abridor) -> None:
    v = ventanilla()

    problemas = [hallado.mensaje for hallado in revisar_plantillas(v)]

    assert problemas == []
    assert len(listar_plantillas(v)) >= 74


@pytest.mark.parametrize("clase", CLASES_DE_MUESTRA)
def test_cada_plantilla_de_fabrica_se_llena_con_cualquier_muestra(
    clase: str, ventanilla: Abridor, tmp_path: Path
) -> None:
    salida = tmp_path / "pruebas"

    pruebas = probar_plantilla(ventanilla(), None, salida, clase)

    assert [(p.plantilla, p.error) for p in pruebas if p.error] == []
    assert len({p.fichero for p in pruebas}) == len(pruebas) == len(list(salida.iterdir()))


def huecos_de(v: Ventanilla, emisor: Emisor) -> Iterator[str]:
    """Los datos que, al quitarlos, dejan un hueco en la carta sin que nada lo diga."""
    plantilla = compilar(v.raiz / "plantillas" / emisor.plantilla)
    entera = plantilla.llenar(emisor.campos)
    dados = set(rutas_en(emisor.campos))
    condicionados = {x.ruta for x in plantilla.pedidos() if not TAL_CUAL.fullmatch(x.etiqueta)}
    for ruta in sorted(plantilla.campos() & dados):
        try:
            carta = plantilla.llenar(sin_el_dato(emisor.campos, pasos_de(ruta)))
        except DatosInvalidos as error:
            if pasos_de(ruta)[-1] not in error.mensaje and "[]" not in ruta:
                yield f"{ruta}: se detuvo sin nombrarlo: {error.mensaje}"
            continue
        de_condicion = any(ruta == c or ruta.startswith((f"{c}.", f"{c}[]")) for c in condicionados)
        if carta != entera and not de_condicion:
            yield f"{ruta}: la carta salió sin él"


@pytest.mark.parametrize("clave", ["oficio", "prevencion"])
def test_a_un_oficio_no_se_le_puede_quitar_un_dato_sin_que_lo_diga(
    clave: str, ventanilla: Abridor
) -> None:
    v = ventanilla()
    [emisor] = [e for e in emisores(v, "estrella-blanca") if e.clave == clave]

    assert list(huecos_de(v, emisor)) == []


@pytest.mark.largo
def test_a_ninguna_plantilla_se_le_puede_quitar_un_dato_sin_que_lo_diga(
    ventanilla: Abridor,
) -> None:
    """Cada dato de cada plantilla, quitado una vez: se detiene nombrándolo o es condición."""
    v = ventanilla()

    huecos = {
        (emisor.plantilla, emisor.procedimiento, dicho)
        for emisor in emisores(v)
        for dicho in huecos_de(v, emisor)
    }

    assert huecos == set()


ERRATAS = {
    "cuerpo": (
        lambda d: d.add_paragraph("Se llama {{ beneficiario.nombe }}."),
        "cuerpo, párrafo 37: no conozco «beneficiario.nombe». ¿Quiso decir «beneficiario.nombres»?",
    ),
    "tabla": (
        lambda d: d.tables[0].rows[1].cells[1].add_paragraph("{{ ofico.seccion }}"),
        "cuerpo, tabla 1, renglón 2: no conozco «ofico.seccion». ¿Quiso decir «oficio.seccion»?",
    ),
    "encabezado": (
        lambda d: d.sections[0].header.add_paragraph("{{ oficina.siglaz }}"),
        "encabezado, párrafo 5: no conozco «oficina.siglaz». ¿Quiso decir «oficina.siglas»?",
    ),
    "pie": (
        lambda d: d.sections[0].footer.add_paragraph("{{ oficina.telefeno }}"),
        "pie, párrafo 3: no conozco «oficina.telefeno». ¿Quiso decir «oficina.telefono»?",
    ),
}


@pytest.mark.parametrize("parte", ERRATAS)
def test_una_errata_se_dice_con_su_sitio_y_lo_que_quiso_decir(
    parte: str, ventanilla: Abridor, oficina: Path
) -> None:
    sembrar, dicho = ERRATAS[parte]

    editar(oficina, sembrar)

    assert dichos(ventanilla()) == [f"Plantilla {OFICIO}, {dicho}"]


def test_todas_las_erratas_se_dicen_a_la_vez(ventanilla: Abridor, oficina: Path) -> None:
    for sembrar, _ in ERRATAS.values():
        editar(oficina, sembrar)
    editar(oficina, lambda d: d.add_paragraph("Otra vez {{ beneficiario.nombe }}."))

    hallados = dichos(ventanilla())

    assert len(hallados) == 5
    assert sum("beneficiario.nombe" in hallado for hallado in hallados) == 2


MAL_PEDIDO = {
    "{{ acompanantes }}": "«acompanantes» es una lista: recórrala con {%p for uno in acompanantes",
    "{{ acompanantes.nombres }}": "«acompanantes» es una lista: recórrala",
    "{{ beneficiario }}": "«beneficiario» son varios datos; imprima uno de ellos: "
    "«beneficiario.nombre_completo»",
    "{% for x in beneficiario %}{{ x.nombres }}{% endfor %}": "«beneficiario» no es una lista",
    "{% for x in acompanantes %}{{ x.nombe }}{% endfor %}": "no conozco «uno.nombe». "
    "¿Quiso decir «uno.nombres»?",
    "{{ observaciones_salud }}": "«observaciones_salud» es un dato sensible y no sale en",
    "{{ observaciones_salud|upper }}": "es un dato sensible",
    "{% if observaciones_salud %}x{% endif %}": "es un dato sensible",
    "{{ observaciones_salud|default('x') }}": "es un dato sensible",
    "{{ qr(observaciones_salud) }}": "es un dato sensible",
    "{% if destino == Torreón %}x{% endif %}": "no conozco «Torreón». Si es un texto, póngalo "
    "entre comillas: 'Torreón'.",
    "{{ oficina.direccion }}": "¿Quiso decir «oficina.domicilio»?",
    "{{ fecha_viaje.larga }}": "¿Quiso decir «con_dia»?",
    "{{ fecha_viaje.zzz }}": "Se puede: «.en_letra», «.corta»",
    "{{ fecha_viaje.strftime('%d') }}": "pida «.corta», «.con_dia»",
    "{{ imagen(logo.png) }}": "Ponga la imagen entre comillas: imagen('logo.png')",
    "{{ monto_aprobado }}": "«monto_aprobado» es de «apoyo» y aquí no se tiene.",
    "{{ destino.nombre }}": "«destino» no se puede pedir como «destino.nombre». "
    "Imprima {{ destino }}.",
    "{{ fecha_viaje.en_leta }}": "¿Quiso decir «en_letra»?",
    "{{ nombre_completo }}": "¿Quiso decir «beneficiario.nombre_completo»?",
    "{% if benficiario %}x{% endif %}": "no conozco «benficiario». ¿Quiso decir «beneficiario»?",
    "{{ zzz|upper }}": "no conozco «zzz».",
    "{{ evento.nota }}": "no se llena ni con un caso completo de «Oficio de descuento»: cuerpo: "
    "falta «evento.nota».",
    "{{ beneficiario.nombres": "«{{ beneficiario.nombres.» no se cierra",
    "{{ destino|uper }}": "el filtro «uper», que no existe. ¿Quiso decir «upper»?",
}


@pytest.mark.parametrize("etiqueta", MAL_PEDIDO)
def test_lo_que_se_pide_mal_se_dice_con_su_remedio(
    etiqueta: str, ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph(f"{etiqueta}."))

    [dicho] = dichos(ventanilla())

    assert dicho.startswith(f"Plantilla {OFICIO}")
    assert MAL_PEDIDO[etiqueta] in dicho


@pytest.mark.parametrize(
    "etiqueta",
    [
        "{{ fecha_viaje.en_letra }}",
        "{{ acompanantes|length }}",
        "{{ acompanantes[0].nombres }}",
        "{% if beneficiario %}{{ beneficiario.curp }}{% endif %}",
        "{% for x in acompanantes %}{{ x.nombre_completo }}{% endfor %}",
        "{% if evento.nota %}{{ evento.nota }}{% endif %}",
        "{% set total = boletos %}{{ total }}",
        "{{ beneficiario|genero('El', 'La', 'La persona') }}",
    ],
)
def test_lo_que_se_pide_bien_no_se_senala(
    etiqueta: str, ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph(etiqueta))

    assert dichos(ventanilla()) == []


def test_un_dato_que_puede_faltar_se_avisa_sin_ser_un_problema(
    ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph("Cita: {{ fecha_cita }}"))
    editar(oficina, lambda d: d.add_paragraph("{% if motivo %}{{ domicilio.calle }}{% endif %}"))

    hallados = revisar_plantillas(ventanilla(), OFICIO)

    assert all(hallado.aviso for hallado in hallados)
    assert [hallado.fallo.dicho.split(" ", 1)[0] for hallado in hallados] == [
        "«domicilio.calle»",
        "«fecha_cita»",
    ]


def avisos_del_oficio(v: Ventanilla) -> list[tuple[str, str]]:
    """La etiqueta y lo que se avisa de ella."""
    hallados = revisar_plantillas(v, OFICIO)
    assert all(x.aviso for x in hallados)
    return [(x.fallo.etiqueta, x.fallo.dicho) for x in hallados]


def test_se_avisa_de_la_etiqueta_suelta_aunque_pida_una_parte_y_otra_este_en_un_if(
    ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph("{% if fecha_cita.corta %}x{% endif %}"))
    editar(oficina, lambda d: d.add_paragraph("{{ fecha_cita.corta }}"))
    editar(oficina, lambda d: d.add_paragraph("{{ acompanantes[0].nombres }}"))

    avisos = avisos_del_oficio(ventanilla())

    assert [etiqueta for etiqueta, _ in avisos] == [
        "{{ fecha_cita.corta }}",
        "{{ acompanantes[0].nombres }}",
    ]
    assert "«acompanantes» puede no tener ninguno" in avisos[1][1]


def test_se_avisa_de_lo_que_parece_etiqueta_y_saldria_impreso(
    ventanilla: Abridor, oficina: Path
) -> None:
    sueltas = ["{ { destino } }", "[[destino]]", "<<destino>>", "«destino»", "{destino}"]
    for texto in (*sueltas, "{{destino}}}", "«nada» [[ver nota]] {x} {{ destino }}"):
        editar(oficina, lambda d, dicho=texto: d.add_paragraph(dicho))

    avisos = avisos_del_oficio(ventanilla())

    assert [etiqueta for etiqueta, _ in avisos] == [*sueltas, "{{destino}}}"]
    assert all("saldrá impreso tal cual" in dicho for _, dicho in avisos)


def test_se_avisa_de_la_imagen_que_no_cabe_en_la_hoja(ventanilla: Abridor, oficina: Path) -> None:
    editar(oficina, lambda d: d.add_paragraph("{{ qr(destino, ancho='50cm') }}"))

    [(_, dicho)] = avisos_del_oficio(ventanilla())

    assert "no cabe en la hoja" in dicho


def test_una_etiqueta_mal_escrita_no_esconde_lo_mal_pedido(
    ventanilla: Abridor, oficina: Path
) -> None:
    for texto in (
        "{{ nombre completo }}",
        "{{ zzz }} {{ observaciones_salud }}",
        "{% for u in acompanantes %}{{ u.nombe }}{% endfor %}",
        "{% set algo = destino %}{{ algo }}{% for x en y %}{{ x.folio }}{% endfor %}",
    ):
        editar(oficina, lambda d, dicho=texto: d.add_paragraph(dicho))

    hallados = [dicho.split(": ", 1)[1] for dicho in dichos(ventanilla())]

    assert [dicho.partition(";")[0].partition(".")[0] for dicho in hallados] == [
        "«{{ nombre completo }}» no se entiende a partir de «completo»",
        "«{% for x en y %}» no se entiende: escriba «in» en vez de «en»",
        "no conozco «zzz»",
        "«observaciones_salud» es un dato sensible y no sale en documentos",
        "no conozco «uno",
    ]


def test_un_dato_sensible_no_sale_de_ningun_modo_ni_al_probar_ni_al_emitir(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    v = ventanilla()
    folio = por_autorizar(v, observaciones_salud="Lleva oxígeno.")
    original = (oficina / "plantillas" / OFICIO).read_bytes()
    [emisor] = los_de(v, OFICIO)

    for etiqueta in (
        "{{ observaciones_salud|default('nada') }}",
        "{% if observaciones_salud %}sí{% endif %}",
        "{% for letra in observaciones_salud|default([]) %}{{ letra }}{% endfor %}",
        "{{ qr(observaciones_salud|default('x')) }}",
        "{{ observaciones_salud }}",
    ):
        (oficina / "plantillas" / OFICIO).write_bytes(original)
        editar(oficina, lambda d, dicha=etiqueta: d.add_paragraph(dicha))
        [prueba] = probar_plantilla(v, OFICIO, tmp_path)
        [combinada] = combinar(v, OFICIO, [folio], tmp_path)
        assert "es un dato sensible" in (prueba.error or "")
        assert "es un dato sensible" in (combinada.error or "")

    papel = papel_del_caso(v, folio, emisor)
    assert "oxígeno" not in str(campos_de_la_carta(papel))
    with pytest.raises(DatosInvalidos) as error:
        llenar_carta(v, papel)
    assert "«observaciones_salud» es un dato sensible y no sale" in error.value.mensaje
    assert "falta «observaciones_salud»" not in error.value.mensaje


def papel_del_caso(v: Ventanilla, folio: str, emisor: Emisor) -> Papel:
    """El papel con que se emitiría ese documento de ese caso."""
    assert emisor.documento is not None
    numero = "DIF/DG/0000/2026"
    carta = Carta(emisor.documento, emisor.clave, numero, v.ahora, borrador=True)
    return papel_del_asunto(v, tomar(v, folio), carta)


def test_lo_que_falta_al_emitir_se_dice_con_su_nombre_y_como_capturarlo(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    editar(oficina, lambda d: d.add_paragraph("{{ fecha_cita.corta }}"))
    [emisor] = los_de(v, OFICIO)
    [dato] = [d for d in emisor.datos if d.ruta == "fecha_cita"]

    with pytest.raises(DatosInvalidos) as error:
        llenar_carta(v, papel_del_caso(v, folio, emisor))

    assert f"falta «fecha_cita.corta» ({dato.nombre})" in error.value.mensaje
    assert f"expediente corregir {folio} -d fecha_cita=…" in error.value.mensaje


def test_los_campos_dicen_cual_puede_faltar_y_cual_se_pide_de_otro_modo(
    ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph("{{ fecha_cita.corta }}"))

    _, usables = campos_usables(ventanilla(), "oficio de descuento")

    por_ruta = {x.dato.ruta: x for x in usables}
    assert por_ruta["fecha_cita"].pedido and por_ruta["fecha_cita"].dato.opcional
    assert not por_ruta["destino"].dato.opcional


def test_una_plantilla_que_nadie_emite_se_prueba_con_numero_y_firmante(
    ventanilla: Abridor, oficina: Path, tmp_path: Path
) -> None:
    documento = docx.Document()
    documento.add_paragraph("{{ oficio.numero }} {{ oficio.firmante.nombre }} {{ destino }}")
    documento.save(str(oficina / "plantillas" / "nueva.docx"))

    (prueba,) = probar_plantilla(ventanilla(), "nueva", tmp_path, procedimiento="estrella-blanca")

    assert prueba.error is None


def test_revisar_el_procedimiento_dice_lo_mismo_de_su_plantilla(
    ventanilla: Abridor, oficina: Path
) -> None:
    """Una regla vive una vez: la de la plantilla es la que mira quien edita el procedimiento."""
    editar(oficina, ERRATAS["tabla"][0])
    v = ventanilla()

    [de_la_plantilla] = dichos(v)
    [del_procedimiento] = problemas_de(v, "estrella-blanca")

    assert del_procedimiento.mensaje.endswith(f": {de_la_plantilla}")
    assert "estrella-blanca.yaml, renglón" in del_procedimiento.mensaje


def test_si_solo_falla_con_un_procedimiento_se_dice_con_cual(
    ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph("{{ tema }}"), "constancia-atencion.docx")

    [dicho] = dichos(ventanilla(), "constancia-atencion.docx")

    assert dicho.endswith("y aquí no se tiene. (Con: atencion.)")


def test_lo_que_word_deja_al_abrir_una_plantilla_no_es_otra_plantilla(
    ventanilla: Abridor, oficina: Path
) -> None:
    (oficina / "plantillas" / f"~${OFICIO[2:]}").write_bytes(b"ana")

    hay = {x.fichero: x for x in listar_plantillas(ventanilla())}

    assert hay[OFICIO].abierta and not hay["prevencion.docx"].abierta
    assert not any(fichero.startswith("~$") for fichero in hay)
    assert all(not x.fallos for x in hay.values())


def test_el_listado_dice_las_que_faltan_las_que_sobran_y_de_quien_es_cada_una(
    ventanilla: Abridor, oficina: Path
) -> None:
    (oficina / "plantillas" / OFICIO).rename(oficina / "plantillas" / "vieja.docx")

    hay = {x.fichero: x for x in listar_plantillas(ventanilla())}

    assert not hay[OFICIO].existe and hay[OFICIO].fallos
    assert hay["vieja.docx"].emisores == () and hay["vieja.docx"].titulo
    assert [(e.procedimiento, e.clave) for e in hay[OFICIO].emisores] == [
        ("estrella-blanca", "oficio")
    ]
    assert {e.clase for e in hay["informe.docx"].emisores} == {"informe"}


def test_los_campos_de_una_plantilla_traen_el_ejemplo_que_saldria_impreso(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()
    dice = texto_de_word(muestra_del_oficio(v))

    _, usables = campos_usables(v, OFICIO)

    por_ruta = {x.dato.ruta: x for x in usables}
    nombre = por_ruta["beneficiario.nombre_completo"]
    assert (nombre.dato.nombre, nombre.dato.etiqueta, nombre.pedido) == (
        "Beneficiario: nombre completo",
        "{{ beneficiario.nombre_completo }}",
        True,
    )
    assert nombre.ejemplo in dice and por_ruta["vigencia"].ejemplo in dice
    lista = por_ruta["acompanantes"].dato.etiqueta
    assert lista == "{%p for uno in acompanantes %} … {%p endfor %}"
    assert por_ruta["acompanantes[].curp"].dato.etiqueta == "{{ uno.curp }}"
    assert "observaciones_salud" not in por_ruta
    con_letra = {f.etiqueta: f.ejemplo for f in por_ruta["fecha_viaje"].formas}
    assert con_letra["{{ fecha_viaje.corta }}"] == "25/11/2026"


def test_cada_etiqueta_que_se_ofrece_sirve_tal_como_se_escribe(
    ventanilla: Abridor, oficina: Path
) -> None:
    v = ventanilla()
    _, usables = campos_usables(v, OFICIO)
    sueltas = [x.dato.etiqueta for x in usables if x.ejemplo and "uno" not in x.dato.etiqueta]
    formas = [f.etiqueta for x in usables for f in x.formas]

    for etiqueta in (*sueltas, *formas):
        editar(oficina, lambda d, dicha=etiqueta: d.add_paragraph(dicha))

    assert dichos(ventanilla()) == []
    assert len(sueltas) > 40 and formas


def test_con_varios_procedimientos_solo_se_ofrece_lo_comun(ventanilla: Abridor) -> None:
    v = ventanilla()

    suyos, comunes = campos_usables(v, "prevencion.docx")
    _, propios = campos_usables(v, "prevencion.docx", "estrella-blanca")

    raices = {x.dato.raiz for x in comunes}
    assert len(suyos) > 5 and raices == {"evento", "oficio", "caso", "oficina"}
    assert {"beneficiario", "fecha_viaje"} <= {x.dato.raiz for x in propios}


def test_una_plantilla_que_nadie_emite_pide_decir_con_que_procedimiento(
    ventanilla: Abridor, oficina: Path
) -> None:
    editar(oficina, lambda d: d.add_paragraph("{{ tipo_servicio }}"))
    (oficina / "plantillas" / OFICIO).rename(oficina / "plantillas" / "nueva.docx")
    v = ventanilla()

    with pytest.raises(NoExiste, match="--procedimiento"):
        campos_usables(v, "nueva")

    _, usables = campos_usables(v, "nueva", "reporte-servicio")
    assert "tipo_servicio" in {x.dato.ruta for x in usables if x.pedido}


def test_no_hay_tal_plantilla_y_se_dice_la_mas_parecida(ventanilla: Abridor) -> None:
    with pytest.raises(NoExiste, match="¿Quiso decir «prevencion»"):
        revisar_plantillas(ventanilla(), "prevension")


def test_la_misma_muestra_da_los_mismos_bytes_y_se_ve_que_es_borrador(
    ventanilla: Abridor,
) -> None:
    v = ventanilla()

    carta = muestra_del_oficio(v)

    assert carta == muestra_del_oficio(ventanilla(usuario="otra"))
    dice = texto_de_word(carta)
    assert "BORRADOR" in dice and "DIF/DG/0000/2026" in dice and "EB-2026-0000" in dice


def test_los_datos_dificiles_salen_tal_cual_y_los_largos_enteros(ventanilla: Abridor) -> None:
    v = ventanilla()

    dificil = texto_de_word(muestra_del_oficio(v, "dificiles"))
    [emisor] = [e for e in emisores(v, "apoyo") if e.clave == "tarjeta"]
    largo = texto_de_word(llenar_muestra(v, emisor, "largos"))

    assert "Íñigo & «Ñoño» D'Angelo <Güereca> {{ x }} ]]>" in dificil
    assert max(map(len, largo.split("\n"))) >= 120


def test_si_nadie_firma_lo_dice_la_revision_del_procedimiento_y_no_la_plantilla(
    ventanilla: Abridor, oficina: Path
) -> None:
    ajustes = oficina / "oficina.yaml"
    ajustes.write_text(ajustes.read_text("utf-8").replace("rol: direccion,", "rol: otra,"), "utf-8")
    v = ventanilla()

    assert revisar_plantillas(v, OFICIO) == []

    assert any(
        "Nadie firma por «direccion»" in x.mensaje for x in problemas_de(v, "estrella-blanca")
    )


def test_probar_no_toma_numero_ni_toca_nada(ventanilla: Abridor, tmp_path: Path) -> None:
    v = ventanilla()
    folio = por_autorizar(v)
    antes = ficheros(v.raiz)

    probar_plantilla(v, "oficio", tmp_path / "a", procedimiento="estrella-blanca")
    combinar(v, OFICIO, [folio], tmp_path / "b")

    assert ficheros(v.raiz) == antes


def test_con_folios_se_llena_con_los_datos_de_cada_expediente(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    uno = autorizada(v, beneficiario__nombres="Íñigo")
    otro = por_autorizar(v, beneficiario__nombres="Zoé")

    hechas = combinar(v, OFICIO, [uno, otro], tmp_path)

    assert [h.fichero and h.fichero.name for h in hechas] == [
        f"{uno}_oficio_BORRADOR.docx",
        f"{otro}_oficio_BORRADOR.docx",
    ]
    una, otra = (texto_de_word(h.fichero.read_bytes()) for h in hechas if h.fichero)
    assert "Íñigo" in una and "Zoé" in otra and "BORRADOR" in una
    numero = tomar(v, uno).estado.documentos[0].numero
    assert numero and numero in una


def test_el_expediente_que_no_alcanza_no_detiene_a_los_demas(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    v = ventanilla()
    vacio = abrir(v, Solicitud("estrella-blanca", {})).folio
    ajeno = abrir(v, Solicitud("reporte-servicio", {"descripcion": "Fuga."})).folio
    bueno = por_autorizar(v)

    hechas = combinar(v, OFICIO, [vacio, "EB-2026-0099", ajeno, bueno], tmp_path)

    errores = [h.error or "" for h in hechas]
    assert "falta" in errores[0] and "beneficiario.nombre_completo" in errores[0]
    assert "EB-2026-0099" in errores[1]
    assert errores[2].endswith(f"que no emite {OFICIO}.")
    assert errores[3] == "" and hechas[3].fichero


def test_una_plantilla_de_informe_no_se_llena_con_un_expediente(
    ventanilla: Abridor, tmp_path: Path
) -> None:
    with pytest.raises(ErrorUso, match="no se llena con un expediente"):
        combinar(ventanilla(), "informe", ["EB-2026-0001"], tmp_path)


def test_el_membrete_puede_preguntar_por_lo_que_un_informe_no_tiene(ventanilla: Abridor) -> None:
    [informe] = [e for e in emisores(ventanilla()) if e.clave == "gestion"]

    ausentes = {dato.ruta for dato in ausentes_de(informe.datos)}

    assert "oficio.borrador" in ausentes and "oficina.lema" not in ausentes


def test_una_oficina_anterior_a_una_plantilla_del_programa_usa_la_de_fabrica(
    ventanilla: Abridor, oficina: Path
) -> None:
    for fichero in ("libro-oficios.docx", "caratula.docx", "manual-procedimiento.docx"):
        (oficina / "plantillas" / fichero).unlink()
    (oficina / "plantillas/membrete.docx").unlink()

    (prueba,) = probar_plantilla(ventanilla(), "libro", oficina / "salida")

    assert prueba.error is None and prueba.fichero is not None
    assert revisar_plantillas(ventanilla()) == []


def test_una_plantilla_que_nombra_la_oficina_nunca_se_toma_de_fabrica(
    ventanilla: Abridor, oficina: Path
) -> None:
    (oficina / "plantillas" / OFICIO).unlink()

    (fallo,) = revisar_plantillas(ventanilla(), OFICIO)

    assert f"No existe la plantilla {OFICIO}" in fallo.mensaje
