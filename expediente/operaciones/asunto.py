"""Un caso con su procedimiento: cómo se toma de la carpeta y cómo se asienta su cambio."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from expediente.almacen import carpetas, casos, edicion, fichero_yaml
from expediente.almacen.reglas import procedimiento_en_version
from expediente.nucleo.calendario import Vencimiento
from expediente.nucleo.captura import convertir_datos
from expediente.nucleo.caso import Actuacion, Caso, encadenar, eslabon_roto
from expediente.nucleo.contexto import claves_de_plazos
from expediente.nucleo.encabezado import encabezado_de
from expediente.nucleo.errores import CasoCambio, DatosInvalidos, NoExiste
from expediente.nucleo.estado import Estado
from expediente.nucleo.fecha import momento_en_palabras
from expediente.nucleo.plazos import el_que_corre, vencimientos
from expediente.nucleo.procedimiento import Procedimiento
from expediente.nucleo.repaso import continuar, repasar
from expediente.operaciones.ventanilla import Ventanilla


@dataclass(frozen=True)
class Asunto:
    """Un caso leído, su procedimiento y el estado a que llevan sus actuaciones.

    `leido` es lo que hay en el disco; `actuaciones` pueden ser más, todavía sin asentar
    (una corrección hecha a mano que se adoptará con el siguiente cambio).
    """

    procedimiento: Procedimiento
    leido: casos.CasoLeido
    actuaciones: tuple[Actuacion, ...]
    estado: Estado

    @property
    def folio(self) -> str:
        """El folio del caso."""
        return self.leido.caso.folio

    @property
    def carpeta(self) -> Path:
        """La carpeta del caso."""
        return self.leido.carpeta

    @property
    def por_adoptar(self) -> bool:
        """Si hay una corrección hecha a mano todavía sin asentar."""
        return len(self.actuaciones) > len(self.leido.caso.actuaciones)


def tomar(v: Ventanilla, escrito: str) -> Asunto:
    """El asunto de ese folio, con lo que alguien haya corregido a mano.

    Lanza NoExiste, o DatosInvalidos con fichero, renglón y remedio.
    """
    return tomar_carpeta(v, carpetas.carpeta_existente(v.raiz, escrito))


def tomar_carpeta(v: Ventanilla, carpeta: Path) -> Asunto:
    """El asunto de esa carpeta."""
    leido = leer_integro(carpeta)
    caso = leido.caso
    p = procedimiento_en_version(v.raiz, caso.procedimiento, caso.version)
    actuaciones = caso.actuaciones
    if cambios := edicion.cambios_a_mano(leido):
        correccion = replace(
            v.nueva_actuacion("correccion"),
            datos=_convertir_a_mano(v, p, leido, cambios),
            anteriores={k: x for k in cambios if (x := caso.datos.get(k))},
            nota="Corrección hecha a mano en expediente.yaml.",
        )
        actuaciones = encadenar(caso.folio, actuaciones, correccion)
    return Asunto(p, leido, actuaciones, repasar(p, actuaciones))


def leer_integro(carpeta: Path) -> casos.CasoLeido:
    """El caso de esa carpeta, con su historia comprobada eslabón por eslabón.

    Lanza DatosInvalidos si alguien la cambió.
    """
    leido = casos.leer_caso(carpeta)
    _exigir_integro(carpeta, leido.caso)
    return leido


def leer_para_contar(carpeta: Path) -> casos.Publicado:
    """Como `leer_integro`, pero sólo lo publicado: una edición a mano aún no consta."""
    publicado = casos.leer_publicado(carpeta)
    _exigir_integro(carpeta, publicado.caso)
    return publicado


def _exigir_integro(carpeta: Path, caso: Caso) -> None:
    if caso.folio != carpeta.name:  # contarlo sería contar dos veces el mismo
        raise DatosInvalidos(
            f"{carpeta}: dentro dice que es {caso.folio}. Si es copia suya, quítela de ahí; si "
            f"no, póngale por nombre {caso.folio}."
        )
    roto = eslabon_roto(caso.folio, caso.actuaciones)
    if roto:
        raise DatosInvalidos(
            f"{carpeta}: la actuación {roto} no encadena con la anterior; alguien cambió la "
            "historia. No se trabaja este expediente hasta recuperarlo del respaldo."
        )


def _convertir_a_mano(
    v: Ventanilla, p: Procedimiento, leido: casos.CasoLeido, cambios: dict[str, str]
) -> dict[str, str]:
    convertidos: dict[str, str] = {}
    for clave, escrito in cambios.items():
        try:
            convertidos |= convertir_datos(p, {clave: escrito}, v.catalogos)
        except (DatosInvalidos, NoExiste) as error:
            texto = leido.lectura.visible or ""
            ruta = leido.carpeta / carpetas.FICHERO
            raise fichero_yaml.error_en(("datos", clave), str(error), texto, ruta) from None
    return convertidos


def vencimientos_de(
    v: Ventanilla, p: Procedimiento, estado: Estado, hechos: Mapping[str, Any] | None = None
) -> tuple[Vencimiento, ...]:
    """Los plazos que corren o corrieron, según los catálogos y el calendario de la oficina.

    `hechos` son los del caso, si ya se sacaron.
    """
    if not (claves_de_plazos(p) or estado.suspendido):
        return ()
    return vencimientos(p, estado, v.catalogos, v.calendario, hechos)


def plazo_que_corre(v: Ventanilla, p: Procedimiento, estado: Estado) -> Vencimiento | None:
    """El plazo que vence primero; None si no corre ninguno."""
    return el_que_corre(vencimientos_de(v, p, estado))


def caso_escrito(
    v: Ventanilla,
    p: Procedimiento,
    folio: str,
    revision: int,
    actuaciones: tuple[Actuacion, ...],
    estado: Estado,
    otras: dict[str, object] | None = None,
) -> Caso:
    """El caso listo para publicarse; `estado` es al que llevan esas actuaciones."""
    encabezado = encabezado_de(p, folio, estado, actuaciones, plazo_que_corre(v, p, estado))
    return Caso(folio, p.clave, p.version, revision, actuaciones, encabezado, otras or {})


def con_actuaciones(asunto: Asunto, *nuevas: Actuacion) -> Asunto:
    """El asunto como quedaría con esas actuaciones, sin asentar nada."""
    p = asunto.procedimiento
    actuaciones = encadenar(asunto.folio, asunto.actuaciones, *nuevas)
    if any(a.tipo == "deshecho" for a in nuevas):
        return replace(asunto, actuaciones=actuaciones, estado=repasar(p, actuaciones))
    estado = continuar(p, asunto.estado, actuaciones[len(asunto.actuaciones) :])
    return replace(asunto, actuaciones=actuaciones, estado=estado)


def asentar(v: Ventanilla, asunto: Asunto) -> Asunto:
    """Publica el asunto con sus actuaciones nuevas como la revisión siguiente.

    Lanza CasoCambio, diciendo quién, si otra persona publicó primero; entonces no se
    escribió nada.
    """
    leido = asunto.leido
    otras = dict((leido.editado or leido.caso).otras)
    p, revision = asunto.procedimiento, leido.caso.revision + 1
    caso = caso_escrito(v, p, asunto.folio, revision, asunto.actuaciones, asunto.estado, otras)
    publicado = casos.publicar_cambio(leido.carpeta, caso)
    if publicado is None:
        raise CasoCambio(_quien_cambio(leido.carpeta, asunto.folio))
    return replace(asunto, leido=publicado)


def _quien_cambio(carpeta: Path, folio: str) -> str:
    ultima = casos.leer_caso(carpeta).caso.actuaciones[-1]
    que = f"{ultima.tipo} «{ultima.paso}»" if ultima.paso else ultima.tipo
    return (
        f"El expediente {folio} cambió mientras tanto: {ultima.por or ultima.capturo} asentó "
        f"{que} el {momento_en_palabras(ultima.capturado)}. No se perdió nada; mírelo con "
        f"«expediente ver {folio}» y repita la orden si todavía toca."
    )
