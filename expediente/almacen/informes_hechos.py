"""Qué versiones se han hecho de un informe, con qué corte y qué decían.

    informes/2026/S47/
    ├── estrella-blanca.docx
    ├── estrella-blanca_folios.docx
    └── .hechos/estrella-blanca/000001/hecho.yaml

La copia que lleva los folios es de la oficina: va en su propia serie de versiones, y ni se
entrega ni hace viejo lo entregado.

Se asienta antes de escribir el Word. Así, de dos que lo hacen a la vez uno toma la versión
y el otro la reconoce; y quien muere a la mitad deja dicho qué fichero faltaba.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expediente.almacen.disco import leer_texto, publicar
from expediente.almacen.fichero_yaml import mapa_de_texto
from expediente.almacen.texto_yaml import escribir
from expediente.nucleo.errores import DatosInvalidos

CARPETA = ".hechos"
FICHERO = "hecho.yaml"
CON_FOLIOS = "_folios"
_SI = "sí"
_VERSION = re.compile(r"(?P<clave>.+?)(?:_v(?P<vuelta>\d{2,}))?\.[a-z]+")


@dataclass(frozen=True)
class VersionHecha:
    """Una versión de un informe: su corte, la huella de su Word y cómo se llama éste.

    `sin_movimiento` dice que no llevaba renglones ni pasó nada en su periodo.
    """

    al: datetime
    sha256: str
    fichero: str
    sin_movimiento: bool = False


def serie_de(informe: str, con_folios: bool) -> str:
    """La serie de versiones en que se asienta: la del informe o la de su copia con folios."""
    return informe + CON_FOLIOS if con_folios else informe


def versiones_asentadas(carpeta: Path, informe: str) -> list[VersionHecha]:
    """Las versiones asentadas de ese informe en esa carpeta, en el orden en que se hicieron.

    Lanza DatosInvalidos si un asiento no se entiende.
    """
    propia = carpeta / CARPETA / informe
    numeros = sorted(c for c in propia.glob("[0-9]*") if c.name.isdigit())
    return [_leer(c / FICHERO) for c in numeros]


def _leer(ruta: Path) -> VersionHecha:
    dice = {llave: str(dato) for llave, dato in mapa_de_texto(leer_texto(ruta), ruta).items()}
    try:
        al, vacio = datetime.fromisoformat(dice["al"]), dice.get("sin_movimiento") == _SI
        return VersionHecha(al, dice["sha256"], dice["fichero"], vacio)
    except (KeyError, ValueError):
        raise DatosInvalidos(
            f"{ruta}: no dice con qué corte se hizo el informe; recupérelo del respaldo."
        ) from None


def asentar_version(carpeta: Path, informe: str, numero: int, version: VersionHecha) -> bool:
    """Asienta la versión con ese número; False si ya lo tomó otro."""
    dice = {
        "al": version.al.isoformat(),
        "sha256": version.sha256,
        "fichero": version.fichero,
        **({"sin_movimiento": _SI} if version.sin_movimiento else {}),
    }
    padre = carpeta / CARPETA / informe
    return publicar(padre, f"{numero:06d}", {FICHERO: escribir(dice).encode()})


def version_de(fichero: str, informe: str) -> int | None:
    """Qué versión de ese informe es el fichero (1, 2, 3…); None si no es suyo."""
    hallado = _VERSION.fullmatch(fichero)
    if hallado is None or hallado["clave"] != informe:
        return None
    return int(hallado["vuelta"] or 1)


def misma_version(fichero: str, otro: str, informe: str) -> bool:
    """Si son la misma versión de ese informe; el PDF de una vale por ella."""
    return version_de(fichero, informe) == version_de(otro, informe)


def ficheros_de(carpeta: Path, informe: str, sufijo: str = ".docx") -> dict[int, Path]:
    """{versión: fichero} de ese informe en esa carpeta, de la primera a la última."""
    hallados = {
        vuelta: fichero
        for fichero in (carpeta.glob(f"*{sufijo}") if carpeta.is_dir() else ())
        if (vuelta := version_de(fichero.name, informe)) is not None
    }
    return dict(sorted(hallados.items()))


def ultima_version(carpeta: Path, informe: str) -> Path | None:
    """El Word de ese informe con el corte más reciente; None si no se ha hecho.

    Uno que se rehízo con un corte viejo no es el último aunque se haya hecho después.
    """
    hechas = ficheros_de(carpeta, informe)
    cortes = {h.fichero: h.al for h in versiones_asentadas(carpeta, informe)}
    con_corte = {vuelta: cortes[f.name] for vuelta, f in hechas.items() if f.name in cortes}
    if con_corte:
        return hechas[max(con_corte, key=lambda vuelta: (con_corte[vuelta], vuelta))]
    return list(hechas.values())[-1] if hechas else None


def asiento_de(fichero: Path, informe: str) -> VersionHecha | None:
    """Lo asentado de esa versión; None si no se asentó: alguien la puso a mano."""
    hechas = versiones_asentadas(fichero.parent, informe)
    return next((h for h in hechas if h.fichero == fichero.name), None)


def nombre_libre(carpeta: Path, informe: str, asentadas: list[VersionHecha]) -> str:
    """Cómo se llamará la versión que sigue: «clave.docx», «clave_v02.docx»…

    No toma el nombre de nada que ya esté ahí: tampoco el de una hoja o un PDF sueltos.
    """
    tomados = {h.fichero for h in asentadas} | {
        f.with_suffix(".docx").name
        for f in carpeta.glob("*.*")
        if version_de(f.name, informe) is not None
    }
    return next(nombre for nombre in _nombres(informe) if nombre not in tomados)


def _nombres(informe: str) -> Iterator[str]:
    yield f"{informe}.docx"
    vuelta = 2
    while True:
        yield f"{informe}_v{vuelta:02d}.docx"
        vuelta += 1
