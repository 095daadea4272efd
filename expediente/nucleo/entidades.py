"""Las treinta y dos entidades del país: cómo se llaman y cómo se abrevian en un oficio."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Entidad:
    """Una entidad federativa.

    `clave` es la de la CURP; `otros`, sus demás nombres y abreviaturas en uso.
    """

    clave: str
    nombre: str
    abreviatura: str
    otros: tuple[str, ...] = ()


ENTIDADES = (
    Entidad("AS", "Aguascalientes", "Ags."),
    Entidad("BC", "Baja California", "B.C."),
    Entidad("BS", "Baja California Sur", "B.C.S."),
    Entidad("CC", "Campeche", "Camp."),
    Entidad("CL", "Coahuila", "Coah.", ("Coahuila de Zaragoza",)),
    Entidad("CM", "Colima", "Col."),
    Entidad("CS", "Chiapas", "Chis."),
    Entidad("CH", "Chihuahua", "Chih."),
    Entidad("DF", "Ciudad de México", "CDMX", ("Cd. de Méx.", "Cd. de México")),
    Entidad("DG", "Durango", "Dgo."),
    Entidad("GT", "Guanajuato", "Gto."),
    Entidad("GR", "Guerrero", "Gro."),
    Entidad("HG", "Hidalgo", "Hgo."),
    Entidad("JC", "Jalisco", "Jal."),
    Entidad("MC", "Estado de México", "Méx.", ("México", "Edo. de Méx.", "Edo. Méx.", "Edomex")),
    Entidad("MN", "Michoacán", "Mich.", ("Michoacán de Ocampo",)),
    Entidad("MS", "Morelos", "Mor."),
    Entidad("NT", "Nayarit", "Nay."),
    Entidad("NL", "Nuevo León", "N.L."),
    Entidad("OC", "Oaxaca", "Oax."),
    Entidad("PL", "Puebla", "Pue."),
    Entidad("QT", "Querétaro", "Qro.", ("Querétaro de Arteaga",)),
    Entidad("QR", "Quintana Roo", "Q. Roo"),
    Entidad("SP", "San Luis Potosí", "S.L.P."),
    Entidad("SL", "Sinaloa", "Sin."),
    Entidad("SR", "Sonora", "Son."),
    Entidad("TC", "Tabasco", "Tab."),
    Entidad("TS", "Tamaulipas", "Tamps."),
    Entidad("TL", "Tlaxcala", "Tlax."),
    Entidad("VZ", "Veracruz", "Ver.", ("Veracruz de Ignacio de la Llave",)),
    Entidad("YN", "Yucatán", "Yuc."),
    Entidad("ZS", "Zacatecas", "Zac."),
)


def _llana(escrita: str) -> str:
    """Sólo sus letras, en minúscula y sin acentos: «S.L.P.» y «SLP» son lo mismo."""
    return "".join(c for c in unicodedata.normalize("NFD", escrita.casefold()) if c.isalpha())


_POR_NOMBRE = {
    _llana(escrita): una
    for una in ENTIDADES
    for escrita in (una.nombre, una.abreviatura, *una.otros)
}


def entidad(escrita: str) -> Entidad | None:
    """La entidad de ese nombre o abreviatura, con o sin acentos y puntos; None si no es una."""
    return _POR_NOMBRE.get(_llana(escrita))


def lugar_abreviado(lugar: str) -> str:
    """«Gómez Palacio, Durango» → «Gómez Palacio, Dgo.»; igual si no acaba en una entidad."""
    municipio, coma, ultimo = lugar.rpartition(",")
    hallada = entidad(ultimo) if coma else None
    return f"{municipio}, {hallada.abreviatura}" if hallada else lugar
