"""Lo que Click y Typer dicen, dicho en español.

Las traducciones están en `catalogo/`; lo que ese catálogo no alcanza, en `ayuda`.
"""

import gettext
import os
from pathlib import Path

DOMINIO = "expediente"
CATALOGO = Path(__file__).parent / "catalogo"


def hablar_espanol() -> None:
    """Pone en español, para todo el proceso, los mensajes que pasan por gettext.

    Manda sobre LANGUAGE, LC_ALL, LC_MESSAGES y LANG: la oficina lee español
    aunque su máquina esté en inglés. Se llama antes de importar typer, que lee
    algunos títulos al importarse; llamarla dos veces no cambia nada.
    """
    os.environ["LANGUAGE"] = "es"
    gettext.bindtextdomain(DOMINIO, str(CATALOGO))
    gettext.textdomain(DOMINIO)
