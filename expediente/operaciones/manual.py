"""El manual como papel y como dibujo; comparar sus versiones y empezar uno nuevo."""

from dataclasses import dataclass
from pathlib import Path

from expediente.almacen.disco import errores_de_disco, escribir_entero, hacer_carpeta
from expediente.almacen.reglas import (
    procedimiento_de_fichero,
    procedimiento_en_version,
    procedimiento_vigente,
    ruta_de_procedimiento,
)
from expediente.documentos.redaccion import Campos, campos_de_la_oficina
from expediente.nucleo.comparacion import Diferencia, diferencias
from expediente.nucleo.diagrama import diagrama_de
from expediente.nucleo.errores import DatosInvalidos, ErrorUso
from expediente.nucleo.esqueleto import CLAVE, Datos, esqueleto, prefijo_para
from expediente.nucleo.folio import PREFIJO
from expediente.nucleo.procedimiento import Procedimiento
from expediente.operaciones.carpeta_de_plantillas import MANUAL, plantilla_de
from expediente.operaciones.procedimientos import todos
from expediente.operaciones.ventanilla import Ventanilla


def dibujar(v: Ventanilla, clave: str, formato: str) -> str:
    """El diagrama de flujo de un procedimiento como texto SVG o Mermaid.

    Lanza NoExiste si no hay tal procedimiento.
    """
    # Dibujar carga lo que las demás órdenes del procedimiento no usan.
    from expediente.documentos.dibujo_mermaid import en_mermaid
    from expediente.documentos.dibujo_svg import en_svg

    p, _ = procedimiento_vigente(v.raiz, clave)
    return en_mermaid(p) if formato == "mermaid" else en_svg(diagrama_de(p))


def imprimir_manual(v: Ventanilla, clave: str, salida: Path | None = None) -> Path:
    """Escribe el manual en Word; sin `salida`, en manuales/CLAVE-vVERSION.docx.

    Reemplaza el que hubiera: se regenera del procedimiento. Devuelve dónde quedó.
    """
    # Word pesa en el arranque: sólo lo cargan las órdenes que escriben un documento.
    from expediente.documentos.manual_impreso import con_diagrama

    p, _ = procedimiento_vigente(v.raiz, clave)
    llenado = plantilla_de(v, MANUAL).llenar(campos_para_imprimir(v, p))
    ruta = salida or v.raiz / "manuales" / f"{p.clave}-v{p.version}.docx"
    guardar(ruta, con_diagrama(llenado, diagrama_de(p)))
    return ruta


def campos_para_imprimir(v: Ventanilla, p: Procedimiento) -> Campos:
    """Lo que la plantilla del manual puede pedir: el membrete y, en `manual`, todo lo demás."""
    from expediente.documentos.manual_impreso import campos_del_manual  # Word pesa, ídem

    hoy = v.ahora.date()
    return {
        "oficina": campos_de_la_oficina(v.oficina, p.ente, hoy),
        "manual": campos_del_manual(p, hoy),
    }


def guardar(ruta: Path, contenido: bytes) -> None:
    """Deja un fichero donde la persona lo pidió, haciendo su carpeta si falta."""
    with errores_de_disco(ruta):
        hacer_carpeta(ruta.absolute().parent)
    escribir_entero(ruta, contenido)


def comparar(v: Ventanilla, una: str, otra: str) -> tuple[Diferencia, ...]:
    """En qué difieren dos procedimientos, dichos por fichero, CLAVE o CLAVE@VERSION.

    Lanza NoExiste o DatosInvalidos si alguno no se puede leer.
    """
    return diferencias(_dicho(v, una), _dicho(v, otra))


def _dicho(v: Ventanilla, escrito: str) -> Procedimiento:
    if Path(escrito).suffix == ".yaml":
        return procedimiento_de_fichero(Path(escrito))[0]
    clave, arroba, version = escrito.partition("@")
    if not arroba:
        return procedimiento_vigente(v.raiz, clave)[0]
    ruta_de_procedimiento(v.raiz, clave)
    return procedimiento_en_version(v.raiz, clave, version)


@dataclass(frozen=True)
class Nuevo:
    """Un procedimiento recién escrito: dónde queda, su prefijo y su texto."""

    ruta: Path
    prefijo: str
    texto: str


def escribir_nuevo(
    v: Ventanilla,
    clave: str,
    nombre: str | None = None,
    prefijo: str | None = None,
    simular: bool = False,
) -> Nuevo:
    """Deja en la oficina el esqueleto comentado de un procedimiento; `simular`, sólo lo hace.

    Lanza ErrorUso si la clave o el prefijo no sirven, o DatosInvalidos si ya existe.
    """
    if not CLAVE.fullmatch(clave):
        raise ErrorUso(
            "La clave se escribe con minúsculas sin acento, números y guiones: permiso-de-calle."
        )
    ruta = v.raiz / "procedimientos" / f"{clave}.yaml"
    if ruta.exists():
        raise DatosInvalidos(f"{ruta}: ya existe; edítelo o elija otra clave.")
    libre = _prefijo_libre(v, clave, prefijo)
    rol, cargo = _quien_atiende(v)
    titulo = nombre or clave.replace("-", " ").capitalize()
    serie = v.oficina.series[0].clave
    texto = esqueleto(Datos(clave, titulo, libre, serie, rol, cargo))
    if not simular:
        escribir_entero(ruta, texto.encode())
    return Nuevo(ruta, libre, texto)


def _quien_atiende(v: Ventanilla) -> tuple[str, str]:
    """El rol y el cargo de la primera persona que teclea en la oficina, o de la primera."""
    con_rol = [persona for persona in v.oficina.personal if persona.roles]
    if not con_rol:
        return "responsable", "Responsable"
    persona = min(con_rol, key=lambda persona: persona.usuario is None)
    return persona.roles[0], persona.cargo or persona.roles[0]


def _prefijo_libre(v: Ventanilla, clave: str, pedido: str | None) -> str:
    ocupados = {p.prefijo: p.clave for p in todos(v)[0]}
    if pedido is None:
        if libre := prefijo_para(clave, ocupados):
            return libre
        raise ErrorUso(f"No hallé un prefijo libre para «{clave}»; diga uno con --prefijo.")
    if not PREFIJO.fullmatch(pedido):
        raise ErrorUso("El prefijo son de una a seis letras mayúsculas sin acento.")
    if pedido in ocupados:
        raise ErrorUso(f"El prefijo {pedido} ya es de «{ocupados[pedido]}»; elija otro.")
    return pedido
