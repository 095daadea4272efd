"""Un caso inventado de un procedimiento, con todos sus datos, para probar sus plantillas.

Siempre sale igual. Las personas no existen; sus CURP sólo cumplen la estructura.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from expediente.nucleo.ajustes import Oficina
from expediente.nucleo.campo import Campo, Catalogo, opciones_de, partes_de
from expediente.nucleo.estado import (
    EMITIDO,
    EN_TRAMITE,
    ENTREGADO,
    Documento,
    Estado,
    Llegada,
)
from expediente.nucleo.fecha import fecha_en_palabras
from expediente.nucleo.folio import Folio
from expediente.nucleo.procedimiento import DOCUMENTOS_DE_EVENTOS, Procedimiento
from expediente.nucleo.reiteracion import reiterables

NORMALES, LARGOS, DIFICILES = "normales", "largos", "dificiles"
# Con qué datos puede probarse una plantilla, y para qué sirven.
CLASES_DE_MUESTRA = {
    NORMALES: "los de un caso cualquiera",
    LARGOS: "nombres, domicilios, párrafos y listas tan largos como puedan llegar",
    DIFICILES: "con ñ, ü, &, <, >, comillas, llaves y saltos de línea",
}

FOLIOS_DE_MUESTRA = ("EJEMPLO-2026-0001", "EJEMPLO-2026-0002")
_ELEMENTOS = {NORMALES: 2, LARGOS: 12, DIFICILES: 2}
_LETRAS_DEL_RENGLON, _LETRAS_DEL_PARRAFO = 120, 900
_RELLENO = (
    " que se alarga a propósito para ver cómo se acomoda lo que no cabe en un renglón y sigue en"
    " los de abajo sin encimarse con la firma ni salirse de la hoja"
)
_ASPERO = ' Ñandú, güera & «Ü» <b>"D\'Angelo"</b> ]]> {{ x }} {% if %}'

_PERSONAS: Mapping[str, tuple[tuple[str, str, str, str], ...]] = {
    NORMALES: (
        ("María Guadalupe", "Hernández", "Ruiz", "HERG840312MDGRZD81"),
        ("José Ángel", "Núñez", "Peña", "NUPA791105HDGXXN86"),
        ("Itzel", "Zúñiga", "Carreón", "ZUCI020721MDGXRTY6"),
        ("Efraín", "Muñoz", "Ávila", "MUAE610130HDGXVF87"),
    ),
    LARGOS: (
        (
            "María Fernanda Guadalupe de los Ángeles",
            "Montes de Oca Santibáñez",
            "de la Torre Ibargüengoitia",
            "MOTF900909MDGNRR88",
        ),
        (
            "Francisco Javier Guadalupe de Jesús",
            "Sáenz de Miera Villarreal",
            "Ponce de León Cázares",
            "SAPF551228HDGNNR86",
        ),
    ),
    DIFICILES: (
        ("Íñigo & «Ñoño»", "D'Angelo", "<Güereca> {{ x }} ]]>", "NUPA791105HDGXXN86"),
        ('Zoé "La Güera"', "O'Farrill", "Ñáñez", "OXXZ991017MDGFXX88"),
    ),
}
_PARTES_DE_PERSONA = ("nombres", "primer_apellido", "segundo_apellido", "curp")
_DOMICILIO: Mapping[str, str] = {
    "calle": "Avenida Miguel Hidalgo",
    "numero": "120 Norte",
    "entre_calles": "Juárez y Morelos",
    "colonia": "Centro",
    "localidad": "La Noria",
    "referencia": "Frente a la plaza",
}


# Lo que no cuadraría con los otros datos si saliera como los demás de su tipo.
_QUE_CUADRAN: Mapping[str, str] = {"longitud": "-103.497654", "asistentes": "12"}
_DIAS_DESPUES: Mapping[str, int] = {"fecha_regreso": 7}


def folio_de_muestra(p: Procedimiento, anio: int) -> str:
    """Un folio que ningún caso puede tener: los de verdad empiezan en 0001."""
    return str(Folio(p.prefijo, anio, 0))


def estado_de_muestra(
    p: Procedimiento,
    oficina: Oficina,
    catalogos: Mapping[str, Catalogo],
    ahora: datetime,
    clase: str = NORMALES,
) -> Estado:
    """El estado de un caso inventado al que no le falta nada.

    Tiene todos sus datos, y dados todos sus pasos, documentos y eventos a la vez: ningún
    caso de verdad llega a estar así, pero así se ve entera cualquier plantilla.
    """
    quienes = {rol: persona.clave for persona in oficina.personal for rol in persona.roles}
    numeros = {n.clave: oficina.libro(n.libro).numero(ahora.year, 0) for n in p.numeros}
    dados = [clave for paso in p.pasos for clave in _hechos(p, paso.clave)]
    return Estado(
        situacion=EN_TRAMITE,
        pasos=(p.apertura,),
        abierto=ahora,
        canal=next(iter(catalogos.get("canales", {})), None),
        datos={**datos_de_muestra(p, catalogos, ahora.date(), clase), **numeros},
        requisitos={requisito.clave: ahora for requisito in p.requisitos},
        documentos=tuple(_documentos(p, oficina, ahora)),
        veces={(x.clave, s.clave): 1 for x in p.pasos for s in x.salidas},
        ocurrio=dict.fromkeys(("apertura", *dados), ahora),
        actuo={x.clave: quienes.get(x.responsable, "") for x in p.pasos},
        notas={
            x.clave: texto_de_muestra(f"nota de «{x.clave}»", clase, parrafo=True) for x in p.pasos
        },
        resultado={x.clave: s.clave for x in p.pasos for s in x.salidas[:1] if s.clave},
        ultimo_paso=ahora,
        llegadas={x.clave: Llegada(ahora, 1, ahora, vueltas=1) for x in p.pasos},
        eventos=dict.fromkeys(DOCUMENTOS_DE_EVENTOS, _evento(p, quienes, catalogos, ahora, clase)),
    )


def renglones_de_muestra(titulos: Sequence[str], clase: str = NORMALES) -> list[list[str]]:
    """Los renglones inventados de una tabla con esas columnas."""
    renglon = [texto_de_muestra(f"ejemplo de {titulo.lower()}", clase) for titulo in titulos]
    return [renglon] * _ELEMENTOS[clase]


def _hechos(p: Procedimiento, paso: str) -> Iterator[str]:
    yield paso
    yield from (f"{paso}/{s.clave}" for s in p.por_clave[paso].salidas if s.clave)


def _documentos(p: Procedimiento, oficina: Oficina, ahora: datetime) -> Iterator[Documento]:
    for documento in p.documento.values():
        libro = oficina.libro(documento.libro) if documento.libro else None
        numero = libro.numero(ahora.year, 0) if libro else None
        recordado = documento.clave in reiterables(p)
        yield Documento(
            documento.clave,
            ENTREGADO if recordado else EMITIDO,
            numero,
            fecha=ahora,
            emitido=ahora,
            recibe="ejemplo de quien recibe" if recordado else None,
        )


def _evento(
    p: Procedimiento,
    quienes: Mapping[str, str],
    catalogos: Mapping[str, Catalogo],
    ahora: datetime,
    clase: str,
) -> dict[str, str]:
    vence = ahora.date() + timedelta(days=7)
    return {
        "nota": texto_de_muestra("ejemplo de motivo", clase, parrafo=True),
        "requisitos": " ".join(requisito.clave for requisito in p.requisitos[:2]),
        "hasta": fecha_en_palabras(vence),
        "vence": vence.isoformat(),
        "a": next(iter(catalogos.get("dependencias", {})), "ejemplo de dependencia"),
        "por": next((quienes[r.clave] for r in p.roles if r.clave in quienes), ""),
    }


def datos_de_muestra(
    p: Procedimiento, catalogos: Mapping[str, Catalogo], hoy: date, clase: str = NORMALES
) -> dict[str, str]:
    """Un valor canónico para cada dato del procedimiento, por su clave completa.

    Las fechas van de la de hoy en adelante, en el orden en que se declaran, y dos opciones
    de un mismo catálogo no se repiten: así se cumplen las reglas de los casos corrientes.
    """
    datos: dict[str, str] = {}
    for lugar, campo in enumerate(p.campos):
        cuantos = min(campo.lista, _ELEMENTOS[clase]) if campo.lista else 1
        for n in range(cuantos):
            base = f"{campo.clave}.{n}" if campo.lista else campo.clave
            partes = partes_de(campo)
            if not partes:
                datos[base] = _suelto(campo, lugar + n, catalogos, hoy, clase)
            for parte in partes:
                datos[f"{base}.{parte.clave}"] = (
                    _de_persona(parte.clave, lugar + n, clase)
                    if parte.clave in _PARTES_DE_PERSONA
                    else _suelto(parte, lugar + n, catalogos, hoy, clase)
                )
    return datos


def _de_persona(parte: str, lugar: int, clase: str) -> str:
    personas = _PERSONAS[clase]
    return personas[lugar % len(personas)][_PARTES_DE_PERSONA.index(parte)]


def _suelto(
    campo: Campo, lugar: int, catalogos: Mapping[str, Catalogo], hoy: date, clase: str
) -> str:
    if campo.tipo == "opcion" and (opciones := list(opciones_de(campo, catalogos))):
        return opciones[lugar % len(opciones)]
    if campo.clave in _QUE_CUADRAN and clase != LARGOS:
        return _QUE_CUADRAN[campo.clave]
    fijos = {
        "fecha": (hoy + timedelta(days=lugar + _DIAS_DESPUES.get(campo.clave, 0))).isoformat(),
        "hora": f"{9 + lugar % 9:02d}:30",
        "entero": str(2 + lugar % 3) if clase != LARGOS else "1234567",
        "monto": "1500.10" if clase != LARGOS else "1234567.89",
        "decimal": "25.561234",
        "si-no": "sí",
        "curp": _PERSONAS[NORMALES][lugar % 4][3],
        "telefono": f"87155501{lugar % 100:02d}",
        "codigo-postal": "35900",
        "folio": str(Folio("EB", hoy.year, 0)),
    }
    if campo.tipo in fijos:
        return fijos[campo.tipo]
    nombre = campo.nombre[:1].lower() + campo.nombre[1:]
    dicho = _DOMICILIO.get(campo.clave, f"ejemplo de {nombre}")
    return texto_de_muestra(dicho, clase, parrafo=campo.tipo == "parrafo")


def texto_de_muestra(dicho: str, clase: str, parrafo: bool = False) -> str:
    """El texto como lo pide la clase; sólo el de un párrafo lleva saltos de línea."""
    if clase == LARGOS:
        letras = _LETRAS_DEL_PARRAFO if parrafo else _LETRAS_DEL_RENGLON
        return (dicho + _RELLENO * (letras // len(_RELLENO) + 1))[:letras].rstrip()
    if clase == DIFICILES:
        return f"{dicho}{_ASPERO}" + (f"\nOtro renglón:{_ASPERO}" if parrafo else "")
    return dicho
