"""Cómo se llama el fichero con que Word o LibreOffice dicen que un documento está abierto."""

DE_WORD = "~$"
DE_LIBREOFFICE = ".~lock."


def es_aviso_de_abierto(nombre: str) -> bool:
    """Si un fichero con ese nombre no es un documento: sólo dice que otro está abierto."""
    return nombre.startswith((DE_WORD, DE_LIBREOFFICE))
