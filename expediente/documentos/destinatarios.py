"""Las personas de una carta: a quién se dirige, quién la firma y con copia para quién."""

from typing import Any

from expediente.documentos.papel import Papel
from expediente.nucleo.ajustes import Oficina, Persona
from expediente.nucleo.campo import opciones_de
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.genero import genero_de
from expediente.nucleo.hechos import nombre_completo

_PRESENTE = "P R E S E N T E."
_A_QUIEN = ("a ", "al ")
# Lo abreviado al principio es el tratamiento, salvo que sea del nombre.
_ABREVIADOS_DEL_NOMBRE = ("fco.", "gpe.", "j.", "ma.")


def destinatario_de(papel: Papel) -> dict[str, Any]:
    """A quién se dirige un documento; a quien corresponda, si su regla no lo dice.

    Lanza NoExiste si en oficina.yaml no está, y DatosInvalidos si el caso no lo dice todavía.
    """
    dirigido = papel.documento.dirigido
    if dirigido is None:
        return {"nombre": "A QUIEN CORRESPONDA", "formula": _PRESENTE}
    if dirigido.persona:
        return {
            "nombre": _persona_a_quien(papel, dirigido.persona),
            "genero": genero_de(papel.estado.datos, _del_elemento(papel, dirigido.persona)),
            "formula": _PRESENTE,
        }
    if dirigido.opcion:
        return _titular_de_la_opcion(papel, dirigido.opcion)
    if dirigido.rol:
        persona, _ = papel.oficina.firmante(dirigido.rol, papel.fecha.date())
        return {**campos_de_la_persona(persona), "formula": _PRESENTE}
    quien = papel.oficina.destinatario(dirigido.oficina or "")
    return {
        "nombre": quien.nombre,
        "cargo": quien.cargo,
        "genero": quien.genero,
        "institucion": quien.institucion,
        "formula": quien.formula,
        "atencion": quien.atencion,
    }


def _persona_a_quien(papel: Papel, campo: str) -> str:
    """El nombre de la persona del caso a quien se dirige; de la lista, la que le toca."""
    clave = _del_elemento(papel, campo)
    datos = papel.estado.datos
    if escrito := datos.get(clave) or datos.get(f"{clave}.nombre"):
        return _con_tratamiento(escrito)
    if nombre := nombre_completo(datos, clave):
        return f"C. {nombre.upper()}"
    raise DatosInvalidos(
        f"El documento «{papel.documento.clave}» va dirigido a «{campo}», que no tiene nombre: "
        f"complételo con -d {clave}.nombres=…"
    )


def _con_tratamiento(nombre: str) -> str:
    """El nombre, con «C.» delante si no trae tratamiento ni dice a quién, como «A quien…»."""
    minusculas = nombre.lower()
    primera = minusculas.partition(" ")[0]
    lo_trae = primera.endswith(".") and primera not in _ABREVIADOS_DEL_NOMBRE
    return nombre if lo_trae or minusculas.startswith(_A_QUIEN) else f"C. {nombre}"


def _del_elemento(papel: Papel, campo: str) -> str:
    """La clave del dato: si el documento sale uno por cada elemento, la del que le toca."""
    if campo != papel.documento.por_cada:
        return campo
    return f"{campo}.{papel.clave.rpartition('.')[2]}"


def _titular_de_la_opcion(papel: Papel, campo: str) -> dict[str, Any]:
    """El titular de la opción elegida, según su catálogo."""
    hoja = next(c for c in papel.procedimiento.campos if c.clave == campo)
    dicha = papel.estado.datos.get(_del_elemento(papel, campo), "")
    elegida = opciones_de(hoja, papel.catalogos).get(dicha)
    if elegida is None:
        raise DatosInvalidos(
            f"El documento «{papel.documento.clave}» va dirigido a «{campo}», que no consta: "
            f"complételo con -d {campo}=…"
        )
    return {
        "nombre": _con_tratamiento(elegida.atributos.get("titular", "A QUIEN CORRESPONDA")),
        "cargo": elegida.atributos.get("cargo"),
        "genero": elegida.atributos.get("genero"),
        "institucion": elegida.nombre,
        "formula": _PRESENTE,
    }


def con_copia(oficina: Oficina, clave: str) -> str:
    """El renglón de «con copia» de ese destinatario: nombre, cargo y para qué."""
    quien = oficina.destinatario(clave)
    cargo = f".- {quien.cargo}" if quien.cargo else ""
    return f"{quien.nombre}{cargo}.- {quien.copia}"


def campos_de_la_persona(persona: Persona) -> dict[str, Any]:
    """Cómo se nombra en una carta a alguien del personal."""
    return {
        "nombre": persona.nombre_con_grado,
        "cargo": persona.cargo,
        "genero": persona.genero,
    }
