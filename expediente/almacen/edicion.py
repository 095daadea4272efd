"""Lo que alguien corrigió a mano en expediente.yaml: se adopta o se rehúsa con su renglón."""

from expediente.almacen import registro
from expediente.almacen.carpetas import FICHERO
from expediente.almacen.casos import CasoLeido, caso_de_texto
from expediente.almacen.fichero_yaml import error_en
from expediente.nucleo.caso import Caso
from expediente.nucleo.encabezado import CALCULADAS
from expediente.nucleo.errores import DatosInvalidos
from expediente.nucleo.forma import Ruta


def cambios_a_mano(leido: CasoLeido) -> dict[str, str]:
    """Los datos que alguien corrigió a mano: clave y nuevo texto («» si lo borró).

    Lanza DatosInvalidos, con renglón y remedio, si tocó algo que no se corrige a mano, o
    si el mismo dato cambió entre tanto por otro lado.
    """
    editado = leido.editado
    if editado is None:
        return {}
    base = _base_de_la_edicion(leido, editado)
    _rehusar_lo_demas(leido, editado, base)
    antes, ahora = base.datos, editado.datos
    cambios = {k: ahora.get(k, "") for k in {**antes, **ahora} if ahora.get(k) != antes.get(k)}
    vigentes = leido.caso.datos
    for clave, dicho in cambios.items():
        if not isinstance(dicho, str):
            raise _rehusar(leido, ("datos", clave), "un dato es un solo texto, no una lista.")
        if vigentes.get(clave) != antes.get(clave):
            raise _rehusar(leido, ("datos", clave), "ese dato cambió entre tanto por otra persona.")
    return cambios


def _base_de_la_edicion(leido: CasoLeido, editado: Caso) -> Caso:
    if editado.revision == leido.caso.revision:
        return leido.caso
    if not 1 <= editado.revision < leido.caso.revision:
        raise _rehusar(leido, ("revision",), "la revisión no se cambia a mano.")
    escrito = registro.texto_de_revision(leido.carpeta, FICHERO, editado.revision)
    return caso_de_texto(escrito, leido.carpeta / FICHERO)


def _rehusar_lo_demas(leido: CasoLeido, editado: Caso, base: Caso) -> None:
    for llave in ("folio", "procedimiento", "version", "actuaciones"):
        if getattr(editado, llave) != getattr(base, llave):
            raise _rehusar(leido, (llave,), f"«{llave}» no se cambia a mano.")
    for llave in CALCULADAS:
        if llave != "datos" and editado.encabezado.get(llave) != base.encabezado.get(llave):
            raise _rehusar(leido, (llave,), f"«{llave}» lo calcula el programa.")


def _rehusar(leido: CasoLeido, llaves: Ruta, mensaje: str) -> DatosInvalidos:
    error = error_en(llaves, mensaje, leido.lectura.visible or "", leido.carpeta / FICHERO)
    return DatosInvalidos(
        f"{error.mensaje} Deshaga ese cambio; o borre el fichero y el programa lo repone con su "
        f"última revisión (la {leido.lectura.revision})."
    )
