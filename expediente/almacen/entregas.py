"""Las entregas de los informes, junto a cada informe.

    informes/2026/S47/
    ├── estrella-blanca.docx                       el informe, y estrella-blanca_v02.docx
    └── entregas/
        ├── estrella-blanca/entregas.yaml          lo que se ve
        │   └── .revisiones/000002/entregas.yaml   lo que vale
        └── acuses/acuse-3f9c01ab77de.pdf          el comprobante, con nombre neutro

Un acuse se llama por su huella: guardar dos veces el mismo no lo duplica, y su nombre no
dice de quién es. Se guarda antes de asentarlo.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from expediente.almacen import registro
from expediente.almacen.disco import TEMPORAL, copiar_a_temporal, poner_nombre, sha256_de
from expediente.almacen.fichero_yaml import error_de_forma, mapa_de_texto
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.entrega import ENTREGAS, Entregas
from expediente.nucleo.errores import CasoCambio, DatosInvalidos, NoExiste
from expediente.nucleo.forma import FormaInvalida

INFORMES = "informes"
CARPETA = "entregas"
FICHERO = "entregas.yaml"
ACUSES = "acuses"
ACUSE_MAXIMO_BYTES = 200 * 1024 * 1024
AVISO = "# Lo lleva el programa «expediente»: a quién se entregó este informe y con qué acuse.\n"
_SIN_VUELTA = re.compile(r"_v\d{2,}$")
_EXTENSION = re.compile(r"\.[a-z0-9]{1,8}")


def carpeta_del_periodo(raiz: Path, periodo: str) -> Path:
    """Donde están los informes de un periodo; `periodo` es su carpeta: «2026/S47»."""
    return raiz / INFORMES / periodo


def leer_entregas(carpeta: Path, informe: str, clase: str, periodo: str) -> tuple[Entregas, int]:
    """Lo asentado de ese informe, y su revisión; vacío y 0 si no se ha entregado.

    `carpeta` es la de su periodo. Lanza DatosInvalidos con fichero y renglón.
    """
    propia = carpeta / CARPETA / informe
    if not (propia / registro.REVISIONES).is_dir():
        return Entregas(informe, clase, periodo), 0
    return leer_carpeta(propia)


def leer_carpeta(propia: Path) -> tuple[Entregas, int]:
    """Las entregas de esa carpeta en su última revisión, y cuál es."""
    lectura = registro.leer(propia, FICHERO)
    ruta = propia / FICHERO
    try:
        return ENTREGAS(mapa_de_texto(lectura.texto, ruta), ()), lectura.revision
    except FormaInvalida as error:
        raise error_de_forma(error, lectura.texto, ruta) from None


def lo_que_se_ve(propia: Path) -> str | None:
    """Qué tiene de malo la copia que se ve; None si dice lo mismo que lo asentado."""
    lectura = registro.leer(propia, FICHERO)
    if lectura.editado:
        return (
            f"alguien editó a mano {FICHERO}; vale lo asentado, no lo que se ve. Bórrelo y "
            "repóngalo con --reparar; corrija con: expediente entregar"
        )
    if lectura.visible != lectura.texto:
        return f"su {FICHERO} está atrasado; póngalo al día con --reparar."
    return None


def reponer_copia_de_entregas(propia: Path) -> None:
    """Pone al día la copia que se ve si está atrasada o falta; la editada a mano, no."""
    registro.poner_al_dia(propia, FICHERO, registro.leer(propia, FICHERO))


def publicar_entregas(carpeta: Path, entregas: Entregas, revision: int) -> None:
    """Publica lo asentado como la revisión que sigue a la que se leyó.

    Lanza CasoCambio si otra persona publicó primero; entonces no se escribió nada.
    """
    propia, texto = carpeta / CARPETA / entregas.informe, AVISO + escribir(entregas.como_mapa())
    if revision == 0:
        publicado = registro.crear(propia.parent, propia.name, FICHERO, texto)
    else:
        publicado = registro.publicar_revision(propia, FICHERO, revision + 1, texto)
    if not publicado:
        raise CasoCambio(
            f"Otra persona asentó a la vez una entrega de «{entregas.informe}»; no se perdió nada: "
            "repita la orden."
        )


def revisar_acuse(fichero: Path) -> None:
    """Lanza NoExiste o DatosInvalidos si no puede ser un acuse."""
    if not fichero.is_file():
        raise NoExiste(f"{fichero}: no existe ese fichero; revise --acuse.")
    if not 0 < fichero.stat().st_size <= ACUSE_MAXIMO_BYTES:
        raise DatosInvalidos(f"{fichero}: está vacío o pasa de 200 MB; no sirve de acuse.")


def nombre_del_acuse(fichero: Path) -> tuple[str, str]:
    """Cómo se llamará el acuse en la carpeta de entregas, y su huella."""
    huella = sha256_de(fichero)
    extension = fichero.suffix.lower()
    sufijo = extension if _EXTENSION.fullmatch(extension) else ""
    return f"{ACUSES}/acuse-{huella[:12]}{sufijo}", huella


def guardar_acuse(carpeta: Path, fichero: Path, nombre: str) -> None:
    """Guarda una copia del acuse con ese nombre; si ya está, no hace nada."""
    destino = carpeta / CARPETA / nombre
    if destino.is_file() and sha256_de(destino) == sha256_de(fichero):
        return
    temporal, _ = copiar_a_temporal(fichero, destino.parent)
    poner_nombre(temporal, destino)


def carpetas_de_entregas(raiz: Path) -> Iterator[Path]:
    """Las carpetas de entregas que hay, por periodo e informe."""
    for entregas in sorted((raiz / INFORMES).glob(f"[0-9]*/**/{CARPETA}")):
        yield from sorted(
            c
            for c in entregas.iterdir()
            if not c.name.startswith(TEMPORAL) and (c / registro.REVISIONES).is_dir()
        )


def informes_en(carpeta: Path) -> set[str]:
    """Las claves de los informes hechos o entregados que hay en la carpeta de un periodo."""
    entregados = carpeta / CARPETA
    return {
        *(_SIN_VUELTA.sub("", fichero.stem) for fichero in carpeta.glob("*.docx")),
        *(c.name for c in (entregados.iterdir() if entregados.is_dir() else ())),
    }


def carpetas_de_periodos(raiz: Path) -> Iterator[Path]:
    """Las carpetas de informes que hay, una por periodo: 2026/S47, 2026/11, 2026/11/20…"""
    for anio in sorted((raiz / INFORMES).glob("[0-9][0-9][0-9][0-9]")):
        for carpeta in sorted(c for c in anio.iterdir() if c.is_dir()):
            yield carpeta
            yield from sorted(carpeta.glob("[0-9][0-9]"))
