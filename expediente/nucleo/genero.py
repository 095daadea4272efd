"""El género con que se nombra a una persona, cuando consta; nunca se adivina por su nombre."""

from collections.abc import Mapping

MASCULINO, FEMENINO = "masculino", "femenino"
# La CURP dice H, M o X en su letra once; X no es ninguno de los dos.
_LUGAR_EN_LA_CURP = 10
_DE_LA_CURP = {"H": MASCULINO, "M": FEMENINO}
# «M» a secas no está: según el formulario es mujer o es masculino.
_DEL_SEXO = {
    "hombre": MASCULINO,
    "h": MASCULINO,
    "masculino": MASCULINO,
    "mujer": FEMENINO,
    "femenino": FEMENINO,
}


def genero_de(datos: Mapping[str, str], clave: str) -> str | None:
    """El de la persona de esa clave, por su dato `sexo` o por su CURP; None si no consta."""
    if sexo := datos.get(f"{clave}.sexo"):
        return _DEL_SEXO.get(sexo.casefold())
    return _DE_LA_CURP.get(datos.get(f"{clave}.curp", "")[_LUGAR_EN_LA_CURP:][:1])


def segun_genero(genero: str | None, masculino: str, femenino: str, incluyente: str) -> str:
    """La palabra que toca: «beneficiario», «beneficiaria» o «persona beneficiaria»."""
    return {MASCULINO: masculino, FEMENINO: femenino}.get(genero or "", incluyente)
